"""Published worked examples of CODAS."""


def test_badi2017(agrees):
    """Badi, I., Shetwan, A., Abdulshahed, A. (2017). Supplier selection using COmbinative
    Distance-based ASsessment (CODAS) method for multi-criteria decision-making. ICMNEE, 395-407."""
    agrees("codas_badi2017", "codas", tau=0.02)


def test_badi2018(agrees):
    """Badi, I., Ballem, M., Shetwan, A. (2018). Site selection of desalination plant in Libya by
    using combinative distance-based assessment (CODAS) method. International Journal for Quality
    Research 12(3)."""
    agrees("codas_badi2018", "codas", tau=0.02)
