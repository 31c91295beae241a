"""Forms of certificates, one file per piece."""
