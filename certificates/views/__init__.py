"""Pages: one's own certificates, verification for anybody, HR's register, overview and rules."""
