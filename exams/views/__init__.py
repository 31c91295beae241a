"""HTTP of the exams: taking (candidates), setting (blueprints, sittings), running (the day), results."""
