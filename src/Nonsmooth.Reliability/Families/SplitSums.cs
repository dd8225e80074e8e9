using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Families;

/// <summary>A program with the sums of its linear layers in another order: the same function over the reals, other roundings.</summary>
/// <remarks>
/// Whether a sum is exactly 0 in a format is a property of the order of its terms. What is counted under both orders and
/// differs is a property of the kernels, not of the network.
/// </remarks>
public static class SplitSums
{
    /// <summary>Writes x·Wᵀ + b as ((x₁W₁ᵀ + x₂W₂ᵀ) + …) + b over blocks of the inputs, in every linear layer that has more inputs.</summary>
    /// <param name="program">The program; composites stay whole, so flatten it first where linear layers are inside.</param>
    /// <param name="block">Inputs in a block, at least 1; the last may have fewer.</param>
    /// <exception cref="NonsmoothException">The block is empty, or no linear layer has more inputs.</exception>
    public static Program Rewrite(Program program, int block)
    {
        if (block < 1)
        {
            throw new NonsmoothException($"a sum cannot be split into blocks of {block}: give at least 1");
        }

        bool found = false;
        var rewritten = program.Rewrite((node, arguments) =>
        {
            if (node.Function is not Linear || arguments[0].Shape[^1] <= block)
            {
                return null;
            }

            found = true;
            return [Split(arguments[0], arguments[1], arguments.Count == 3 ? arguments[2] : null, block)];
        });
        return found ? rewritten : throw new NonsmoothException($"no linear layer has more than {block} inputs: there is no sum to split");
    }

    private static Variable Split(Variable x, Variable weight, Variable? bias, int block)
    {
        int inputs = x.Shape[^1];
        Variable? sum = null;
        for (int start = 0; start < inputs; start += block)
        {
            int end = Math.Min(start + block, inputs);
            var part = Functions.Linear(x.Slice(x.Shape.Rank - 1, start, end), weight.Slice(1, start, end));
            sum = sum is null ? part : sum + part;
        }

        return bias is null ? sum! : sum! + bias;
    }
}
