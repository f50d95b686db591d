"""The store: the model, the tables, every read and every write."""
