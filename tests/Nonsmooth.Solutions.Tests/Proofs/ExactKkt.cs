using Nonsmooth.Tests.Arithmetic;
using static Nonsmooth.Solutions.Tests.Proofs.ExactSystem;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>The solution of min ½xᵀHx + cᵀx over Rx = r in fractions, and the gradient of ⟨cx, x⟩ + ⟨cm, multipliers⟩.</summary>
/// <remarks>Lx = 0 and the rows are the whole theory: signs are checked by the caller, exactly.</remarks>
internal sealed class ExactKkt
{
    private readonly Rational[] _u;
    private readonly Rational[] _v;

    private ExactKkt(Rational[] x, Rational[] multipliers, Rational[] u, Rational[] v) =>
        (X, Multipliers, _u, _v) = (x, multipliers, u, v);

    public Rational[] X { get; }

    public Rational[] Multipliers { get; }

    public Rational[] Linear => [.. _u.Select(u => -u)];

    public Rational[] Right => _v;

    /// <summary>Null where the KKT matrix is singular.</summary>
    public static ExactKkt? Of(Rational[][] hessian, Rational[] linear, Rational[][] rows, Rational[] right, Rational[] cx, Rational[] cm)
    {
        int n = linear.Length;
        Rational[][] kkt =
        [
            .. hessian.Select((h, i) => h.Concat(rows.Select(row => row[i])).ToArray()),
            .. rows.Select(row => row.Concat(rows.Select(_ => (Rational)0)).ToArray()),
        ];
        var solved = Solve(kkt, [.. linear.Select(c => -c), .. right], [.. cx, .. cm]);
        return solved is null ? null : new(solved[0][..n], solved[0][n..], solved[1][..n], solved[1][n..]);
    }

    /// <summary>The gradient in H, whose entries (i, j) and (j, i) move together.</summary>
    public Rational[][] Hessian() => [.. _u.Select((u, i) => X.Select((x, j) => ((u * x) + (X[i] * _u[j])) / -2).ToArray())];

    /// <summary>The gradient in row i of R.</summary>
    public Rational[] Row(int i) => [.. _u.Select((u, j) => -((Multipliers[i] * u) + (_v[i] * X[j])))];
}
