using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>
/// The derivative of a sequence that is constant on blocks: a block's value is the weighted mean of its forces, dx_B = Σ_B ρ_i / Σ_B w_i.
/// </summary>
internal abstract class BlockDerivative : ClosedFormDerivative
{
    private readonly double[] _weights;
    private readonly long[] _state;
    private readonly int[] _block;

    /// <summary>A derivative on the chosen blocks.</summary>
    /// <param name="weights">w.</param>
    /// <param name="state">Of each neighbouring pair: 0 equal; otherwise the sign of the step up, twice it where that is weakly 0.</param>
    /// <param name="split">Whether weakly equal neighbours are taken as apart.</param>
    protected BlockDerivative(double[] weights, long[] state, bool split)
    {
        (_weights, _state) = (weights, state);
        _block = Blocks(split);
    }

    /// <summary>ρ: the derivative of w∘(y − x), and what else pulls, at fixed x.</summary>
    protected abstract double[] Forces(IReadOnlyList<double[]> tangents);

    /// <summary>The transpose of <see cref="Forces"/>.</summary>
    protected abstract IReadOnlyList<double[]> Pulled(double[] forces);

    public sealed override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => [Means(Forces(tangents))];

    public sealed override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Pulled(Means(cotangents[0]));

    /// <summary>Weakly equal blocks may part with their sign, or stay together: a small quadratic program over blocks.</summary>
    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        int[] blocks = Blocks(true);
        int[] weak = [.. Enumerable.Range(0, _state.Length).Where(i => Math.Abs(_state[i]) == 2)];
        if (weak.Length == 0)
        {
            return Tangent(direction);
        }

        int count = blocks[^1] + 1;
        var weights = Summed(_weights, blocks);
        var forces = Summed(Forces(direction), blocks);
        var g = Dense.Zero(weak.Length, count);
        for (int k = 0; k < weak.Length; k++)
        {
            int sign = Math.Sign(_state[weak[k]]);
            g[k, blocks[weak[k]]] = sign;
            g[k, blocks[weak[k] + 1]] = -sign;
        }

        var point = QuadraticSolver.Solve(
            new(
                Matrix<double>.Build.Dense(count, count, (i, j) => i == j ? weights[i] : 0),
                Vector<double>.Build.Dense(count, i => -forces[i]),
                g,
                Vector<double>.Build.Dense(weak.Length)),
            1e-13,
            true);
        return [Array.ConvertAll(blocks, b => point.X[b])];
    }

    /// <summary>The equations of blocks: neighbours of one are equal, and where one ends the forces up to there sum to 0.</summary>
    /// <param name="x">The sequence.</param>
    /// <param name="sums">The forces' running sums.</param>
    /// <param name="joined">Of each neighbouring pair whether it is of one block.</param>
    public static Variable Equations(Variable x, Variable sums, Variable joined)
    {
        int last = x.Shape[0] - 1;
        return Functions.Concatenate(
            0, Functions.Where(joined, x.Slice(0, 0, last) - x.Slice(0, 1, last + 1), sums.Slice(0, 0, last)), sums.Slice(0, last, last + 1));
    }

    private int[] Blocks(bool split)
    {
        int[] block = new int[_weights.Length];
        for (int i = 1; i < block.Length; i++)
        {
            long step = Math.Abs(_state[i - 1]);
            block[i] = block[i - 1] + (step == 1 || (step == 2 && split) ? 1 : 0);
        }

        return block;
    }

    private double[] Means(double[] numbers)
    {
        double[] weights = Summed(_weights, _block);
        double[] sums = Summed(numbers, _block);
        return Array.ConvertAll(_block, b => sums[b] / weights[b]);
    }

    private static double[] Summed(double[] numbers, int[] block)
    {
        double[] sums = new double[block.Length == 0 ? 0 : block[^1] + 1];
        for (int i = 0; i < block.Length; i++)
        {
            sums[block[i]] += numbers[i];
        }

        return sums;
    }
}
