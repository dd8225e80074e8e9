using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Functions of a matrix.</summary>
internal static class Matrices
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("linalg.det", "det", static (e, x) => e.MDet(x), "matrix"),
        Vector("linalg.slogdet", "logabsdet", static (e, x) => e.MSlogdet(x), "matrix"),
        Vector("linalg.norm_nuc", "nuclear", static (e, x) => e.MNormNuc(x), "matrix"),
        Vector("linalg.svdvals", "svdvals", static (e, x) => e.MSvdvals(x), "matrix"),
        Vector("linalg.eigvalsh_max", "eig_max", static (e, x) => e.MEigvalshMax(x), "matrix"),
        Vector("linalg.inv", "inv", static (e, x) => e.MInv(x), "matrix"),
        Vector("linalg.cholesky", "cholesky", static (e, x) => e.MCholesky(x), "matrix"),
        Vector("linalg.norm_fro", "frobenius", static (e, x) => e.MatrixNormFro(x), "matrix"),
        Vector("linalg.matrix_norm_1", "matrix_norm_1", static (e, x) => e.MatrixNorm1(x), "matrix"),
        Vector("linalg.matrix_norm_inf", "matrix_norm_inf", static (e, x) => e.MatrixNormInf(x), "matrix"),
        Vector("linalg.qr_r", "qr_r", static (e, x) => e.MQrR(x), "matrix"),
        Vector("linalg.sqrtm", "sqrtm", static (e, x) => e.MSqrtm(x), "matrix"),
        Vector("linalg.eigvalsh_diag", "eigvalsh_of_diag", static (e, x) => e.MEigvalsh(e.Diag(x)), "triple"),
    ];
}
