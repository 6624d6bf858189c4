def units(*a, **k):
    return []
