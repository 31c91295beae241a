"""What decides in exams, as plain Python: who may start, until when, which questions, how many marks."""
