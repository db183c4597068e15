"""Operations: who works, which jobs there are, what is wrong, and the verbs of operators."""
