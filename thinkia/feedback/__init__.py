"""What a team reads of its result: its standing, the jury's words once looked over, a PDF to keep."""
