"""What lies outside the process: durable tasks, the queue, mail and files."""
