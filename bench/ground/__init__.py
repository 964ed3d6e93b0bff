"""What all benches stand on: a database of their own, a clock for the processor, a crowd of customers."""
