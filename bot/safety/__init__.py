"""What protects a citizen: nothing personal is kept, links are named, scams are recognised."""
