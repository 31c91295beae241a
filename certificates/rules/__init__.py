"""What decides about certificates: validity, numbers, eligibility, who may be revoked why. Pure Python."""
