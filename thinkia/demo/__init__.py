"""Sample data: a lab that does not exist, with people who do not exist, played through the real use cases."""
