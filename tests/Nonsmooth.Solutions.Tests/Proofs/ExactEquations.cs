using System.Numerics;
using Nonsmooth.Tests.Arithmetic;
using static Nonsmooth.Solutions.Tests.Proofs.ExactSystem;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Gradients through solutions of equations to 2⁻²⁰⁰: Newton's method in fractions from a double, its residual checked.</summary>
internal static class ExactEquations
{
    private const int _bits = 256;
    private static readonly Rational _small = new(1, BigInteger.One << 200);

    /// <summary>x = tanh(Wx + b), rows of W of length below 1: one fixed point, as far as the residual over 1 − ‖W‖.</summary>
    public static Rational[][]? Tanh(double[][] p, double[] near, double[] cotangent)
    {
        int n = near.Length;
        var (w, b) = (Rows(p[0], n), Vector(p[1]));
        return Solved(
            near,
            x =>
            {
                Rational[] t = [.. Times(w, x).Zip(b, (s, c) => (1 - (2 / (1 + Series.Exp(2 * (s + c))))).Shortened(_bits))];
                Rational[] slopes = [.. t.Select(v => 1 - (v * v))];
                return ([.. x.Zip(t, (a, v) => a - v)], Jacobian(w, slopes), slopes);
            },
            cotangent,
            (u, x, slopes) => Layer(u, x, slopes));
    }

    /// <summary>x = max(0, Wx + b): exact on the piece of the candidate's signs, which must hold strictly.</summary>
    public static Rational[][]? Relu(double[][] p, double[] near, double[] cotangent)
    {
        int n = near.Length;
        var (w, b) = (Rows(p[0], n), Vector(p[1]));
        Rational[] slopes = [.. near.Select(x => (Rational)(x > 0 ? 1 : 0))];
        var jacobian = Jacobian(w, slopes);
        var x = Solve(jacobian, [.. b.Zip(slopes, (c, s) => c * s)])![0];
        var u = Solve(Transposed(jacobian), Vector(cotangent))![0];
        var inner = Times(w, x).Zip(b, (s, c) => s + c);
        return inner.Zip(slopes, (s, on) => on.Sign > 0 ? s.Sign > 0 : s.Sign < 0).All(holds => holds) ? Layer(u, x, slopes) : null;
    }

    /// <summary>Mx + x³ = b, M positive definite: one root.</summary>
    public static Rational[][]? Cubic(double[][] p, double[] near, double[] cotangent)
    {
        int n = near.Length;
        var (m, b) = (Rows(p[0], n), Vector(p[1]));
        return Solved(
            near,
            x => (
                [.. Times(m, x).Select((s, i) => s + (x[i] * x[i] * x[i]) - b[i])],
                [.. m.Select((row, i) => row.Select((v, j) => i == j ? v + (3 * x[i] * x[i]) : v).ToArray())],
                x),
            cotangent,
            (u, x, _) => [[.. u.SelectMany(v => x.Select(y => -(v * y)))], u]);
    }

    private static Rational[][]? Solved(
        double[] near,
        Func<Rational[], (Rational[] Residual, Rational[][] Jacobian, Rational[] Slopes)> at,
        double[] cotangent,
        Func<Rational[], Rational[], Rational[], Rational[][]> gradient)
    {
        var x = Vector(near);
        for (int step = 0; step < 5; step++)
        {
            var (residual, jacobian, _) = at(x);
            x = [.. x.Zip(Solve(jacobian, residual)![0], (a, s) => (a - s).Shortened(_bits))];
        }

        var last = at(x);
        return last.Residual.All(r => Rational.Abs(r) < _small)
            ? gradient(Solve(Transposed(last.Jacobian), Vector(cotangent))![0], x, last.Slopes)
            : null;
    }

    // 1 − D·W.
    private static Rational[][] Jacobian(Rational[][] w, Rational[] slopes) =>
        [.. w.Select((row, i) => row.Select((v, j) => ((i == j ? 1 : 0) - (slopes[i] * v)).Shortened(_bits + 60)).ToArray())];

    private static Rational[][] Layer(Rational[] u, Rational[] x, Rational[] slopes)
    {
        Rational[] b = [.. u.Zip(slopes, (v, s) => v * s)];
        return [[.. b.SelectMany(v => x.Select(y => v * y))], b];
    }
}
