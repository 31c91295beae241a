"""Reading exams: papers, sittings, results."""
