"""What an operator does on the command line beside a running bot: have it looked over, and have it forget."""
