using Nonsmooth.Tests.Arithmetic;
using static Nonsmooth.Solutions.Tests.Proofs.ExactSystem;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Gradients through exact solutions in fractions; null where the candidate's conditions do not hold strictly, which is decided exactly.</summary>
/// <remarks>Only the candidate's state comes from the library. Each map is written as a quadratic program and its gradient by the chain rule.</remarks>
internal static class ExactTruths
{
    public static Rational[][]? Of(SolutionMap map, double[][] p, long[] state, double[][] cotangents) => map switch
    {
        QuadraticProgram => Quadratic(p, state, cotangents),
        ElasticNet => Lasso(p, state, cotangents[0]),
        NonNegativeLeastSquares => Bounded(p, [.. Enumerable.Repeat<Rational?>(0, state.Length)], new Rational?[state.Length], state, cotangents[0])?[..2],
        BoxLeastSquares => Bounded(p, [.. p[2].Select(x => (Rational?)x)], [.. p[3].Select(x => (Rational?)x)], state, cotangents[0]),
        Box => Boxed(p, state, cotangents[0]),
        Simplex => Threshold(Vector(p[0]), p[1][0], Array.ConvertAll(p[0], _ => 1), state, cotangents[0]),
        L1Ball => L1(p, state, cotangents[0]),
        L2Ball => L2(p, cotangents[0]),
        _ => throw new ArgumentException(map.Name),
    };

    private static Rational[][]? Quadratic(double[][] p, long[] state, double[][] cotangents)
    {
        int n = p[1].Length;
        var given = Rows(p[0], n);
        Rational[][] hessian = [.. given.Select((row, i) => row.Select((q, j) => (q + given[j][i]) / 2).ToArray())];
        var (g, a) = (Rows(p[2], n), Rows(p[4], n));
        int[] active = [.. Enumerable.Range(0, state.Length).Where(i => state[i] != 0)];
        Rational[] cm = [.. active.Select(i => (Rational)cotangents[1][i]), .. Vector(cotangents[2])];
        var kkt = ExactKkt.Of(
            hessian, Vector(p[1]), [.. active.Select(i => g[i]), .. a], [.. active.Select(i => (Rational)p[3][i]), .. Vector(p[5])], Vector(cotangents[0]), cm);
        bool isConvex = hessian.All(row => row.All(q => q.Sign == 0)) || IsDefinite(hessian);
        if (kkt is null || !isConvex || active.Where((_, k) => kkt.Multipliers[k].Sign <= 0).Any()
            || Enumerable.Range(0, state.Length).Except(active).Any(i => Dot(g[i], kkt.X) >= p[3][i]))
        {
            return null;
        }

        return
        [
            [.. kkt.Hessian().SelectMany(row => row)], kkt.Linear,
            [.. g.SelectMany((_, i) => Array.IndexOf(active, i) is >= 0 and var k ? kkt.Row(k) : new Rational[n])],
            [.. g.Select((_, i) => Array.IndexOf(active, i) is >= 0 and var k ? kkt.Right[k] : 0)],
            [.. a.SelectMany((_, e) => kkt.Row(active.Length + e))], kkt.Right[active.Length..],
        ];
    }

    private static Rational[][]? Lasso(double[][] p, long[] state, double[] cotangent)
    {
        int n = state.Length;
        var (x, y, lambda) = (Rows(p[0], n), Vector(p[1]), (Rational)p[2][0]);
        var signs = Array.ConvertAll(state, Math.Sign);
        int[] zeros = [.. Enumerable.Range(0, n).Where(j => signs[j] == 0)];
        var correlation = Times(Transposed(x), y);
        var gram = Gram(x);
        Rational[][] hessian = [.. gram.Select((row, i) => row.Select((h, j) => i == j ? h + p[3][0] : h).ToArray())];
        var kkt = ExactKkt.Of(
            hessian, [.. correlation.Select((c, j) => (lambda * signs[j]) - c)], [.. zeros.Select(j => Unit(n, j))], new Rational[zeros.Length],
            Vector(cotangent), new Rational[zeros.Length]);
        if (kkt is null || signs.Where((s, j) => s != 0 && (s * kkt.X[j]).Sign <= 0).Any() || kkt.Multipliers.Any(r => Rational.Abs(r) >= lambda))
        {
            return null;
        }

        var curved = kkt.Hessian();
        return [.. LeastSquares(x, y, kkt), [Dot(kkt.Linear, signs.Select(s => (Rational)s))], [curved.Select((row, i) => row[i]).Aggregate((s, t) => s + t)]];
    }

    private static Rational[][]? Bounded(double[][] p, Rational?[] low, Rational?[] high, long[] state, double[] cotangent)
    {
        var (a, b) = (Rows(p[0], state.Length), Vector(p[1]));
        var kkt = Bounded(Gram(a), [.. Times(Transposed(a), b).Select(c => -c)], low, high, state, cotangent);
        return kkt is null ? null : [.. LeastSquares(a, b, kkt), .. Bounds(kkt, state)];
    }

    private static Rational[][]? Boxed(double[][] p, long[] state, double[] cotangent)
    {
        Rational[][] identity = [.. state.Select((_, j) => Unit(state.Length, j))];
        var kkt = Bounded(identity, [.. p[0].Select(z => (Rational)(-z))], [.. p[1].Select(x => (Rational?)x)], [.. p[2].Select(x => (Rational?)x)], state, cotangent);
        return kkt is null ? null : [[.. kkt.Linear.Select(c => -c)], .. Bounds(kkt, state)];
    }

    private static ExactKkt? Bounded(Rational[][] hessian, Rational[] linear, Rational?[] low, Rational?[] high, long[] state, double[] cotangent)
    {
        int[] held = [.. Enumerable.Range(0, state.Length).Where(j => state[j] != 0)];
        var kkt = ExactKkt.Of(
            hessian, linear, [.. held.Select(j => Unit(state.Length, j))], [.. held.Select(j => (state[j] < 0 ? low[j] : high[j])!.Value)],
            Vector(cotangent), new Rational[held.Length]);
        return kkt is not null
            && !held.Where((j, k) => kkt.Multipliers[k].Sign != Math.Sign(state[j]) || low[j] is { } l && high[j] is { } h && l >= h).Any()
            && !Enumerable.Range(0, state.Length).Except(held).Any(j => (low[j] is { } l && kkt.X[j] <= l) || (high[j] is { } h && kkt.X[j] >= h))
            ? kkt : null;
    }

    private static Rational[][] Bounds(ExactKkt kkt, long[] state)
    {
        int[] held = [.. Enumerable.Range(0, state.Length).Where(j => state[j] != 0)];
        return [.. new[] { -1, 1 }.Select(side => state.Select((s, j) => Math.Sign(s) == side ? kkt.Right[Array.IndexOf(held, j)] : 0).ToArray())];
    }

    // H = AᵀA and c = −Aᵀb.
    private static Rational[][] LeastSquares(Rational[][] a, Rational[] b, ExactKkt kkt)
    {
        var curved = kkt.Hessian();
        var columns = Transposed(curved);
        return
        [
            [.. a.SelectMany((row, i) => columns.Select((column, j) => Dot(row, column) + Dot(row, curved[j]) - (b[i] * kkt.Linear[j])))],
            [.. Times(a, kkt.Linear).Select(x => -x)],
        ];
    }

    private static Rational[][]? L1(double[][] p, long[] state, double[] cotangent)
    {
        var length = p[0].Select(z => (Rational)Math.Abs(z)).Aggregate((Rational)0, (s, z) => s + z);
        return length < p[1][0] ? [Vector(cotangent), [0]]
            : length <= p[1][0] ? null
            : Threshold(Vector(p[0]), p[1][0], Array.ConvertAll(p[0], Math.Sign), state[..^1], cotangent);
    }

    // Projection on Σ s_j x_j = r with s_j x_j > 0 on the support and zeros elsewhere.
    private static Rational[][]? Threshold(Rational[] z, Rational total, int[] signs, long[] state, double[] cotangent)
    {
        int n = z.Length;
        int[] zeros = [.. Enumerable.Range(0, n).Where(j => state[j] != 0)];
        bool signed = signs.Any(s => s != 1);
        Rational[][] rows = [[.. signs.Select((s, j) => (Rational)(state[j] == 0 ? s : 0))], .. zeros.Select(j => Unit(n, j))];
        Rational[][] identity = [.. Enumerable.Range(0, n).Select(j => Unit(n, j))];
        var kkt = ExactKkt.Of(
            identity, [.. z.Select(x => -x)], rows, [total, .. zeros.Select(_ => (Rational)0)], Vector(cotangent), new Rational[rows.Length]);
        if (kkt is null || Enumerable.Range(0, n).Except(zeros).Any(j => (signs[j] * kkt.X[j]).Sign <= 0)
            || zeros.Where((_, k) => (signed ? Rational.Abs(kkt.Multipliers[k + 1]) : kkt.Multipliers[k + 1]) >= kkt.Multipliers[0]).Any())
        {
            return null;
        }

        return [[.. kkt.Linear.Select(c => -c)], [kkt.Right[0]]];
    }

    // The length to 2⁻³⁰⁰ by Newton's steps.
    private static Rational[][]? L2(double[][] p, double[] cotangent)
    {
        var (z, r, c) = (Vector(p[0]), (Rational)p[1][0], Vector(cotangent));
        var square = Dot(z, z);
        if (square <= r * r)
        {
            return square >= r * r ? null : [c, [0]];
        }

        Rational length = Math.Sqrt(square.Near());
        for (int step = 0; step < 5; step++)
        {
            length = ((length + (square / length)) / 2).Shortened(400);
        }

        var along = Dot(z, c) / length;
        return [[.. c.Zip(z, (x, u) => r / length * (x - (u * along / length)))], [along]];
    }

    private static Rational[] Unit(int n, int j) => [.. Enumerable.Range(0, n).Select(i => (Rational)(i == j ? 1 : 0))];
}
