"""What changes exams: papers, attempts and saving, marking, invigilation."""
