using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Replay;

/// <summary>The values of a program that only decide which piece it is on, and the program that is told them.</summary>
/// <param name="Values">Numbers of these values in the program, in the order of <see cref="Replayed"/>'s last inputs.</param>
/// <param name="Replayed">
/// The program with each use of such a value, where it decides, replaced by one more input: smooth but for what it is
/// told. A value that is used otherwise too is computed as before there.
/// </param>
/// <remarks>Source: reliability specification, 4.8 (mask replay), for any function and any selection.</remarks>
internal sealed record Decisions(IReadOnlyList<int> Values, Program Replayed)
{
    public static Decisions Of(Program program)
    {
        var values = new List<int>();
        var told = new Dictionary<int, Variable>();
        var inputs = program.Inputs.Where(i => program.Types[i.Value].Kind != ElementKind.Real).Select(i => i.Value).ToHashSet();
        var replayed = program.Rewrite((node, arguments) =>
        {
            Variable[]? changed = null;
            for (int i = 0; i < node.Arguments.Length; i++)
            {
                int value = node.Arguments[i];
                if (node.Function.DecidesBy(i, program.Types[value]) && !inputs.Contains(value))
                {
                    changed ??= [.. arguments];
                    changed[i] = Told(value, arguments[i]);
                }
            }

            return changed is null ? null : arguments[0].Builder.ApplyAs(node.Name, node.Function, changed);
        });
        return new Decisions(values, replayed.Prune());

        Variable Told(int value, Variable image)
        {
            if (!told.TryGetValue(value, out var variable))
            {
                variable = image.Builder.TrailingInput($"decided.{program.NameOf(value)}", image.Type, InputRole.Constant);
                told.Add(value, variable);
                values.Add(value);
            }

            return variable;
        }
    }
}
