using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Differentiation;

/// <summary>Which values of a program depend on the inputs one differentiates with respect to.</summary>
internal static class Activity
{
    public static bool[] Of(Program program, IEnumerable<string> withRespectTo)
    {
        var active = new bool[program.Types.Count];
        foreach (string name in withRespectTo)
        {
            var input = program.Input(name);
            active[input.Value] = program.Types[input.Value].Kind == ElementKind.Real
                ? true
                : throw new NonsmoothException($"input '{name}' is {program.Types[input.Value]}: only reals can be differentiated");
        }

        for (int n = 0; n < program.Table.Count; n++)
        {
            bool reached = false;
            foreach (int argument in program.Table.Arguments(n))
            {
                reached |= active[argument];
            }

            ref readonly var record = ref program.Table[n];
            for (int r = record.FirstResult; reached && r < record.FirstResult + record.Results; r++)
            {
                active[r] = program.Types[r].Kind == ElementKind.Real;
            }
        }

        return active;
    }

    /// <summary>Which nodes a backward sweep visits: those on a path of reals from the inputs one differentiates with respect to, to an output.</summary>
    public static bool[] Swept(Program program, IEnumerable<string> withRespectTo)
    {
        var active = Of(program, withRespectTo);
        var reached = new bool[program.Types.Count];
        foreach (var output in program.Outputs)
        {
            reached[output.Value] = true;
        }

        var swept = new bool[program.Nodes.Count];
        for (int n = swept.Length - 1; n >= 0; n--)
        {
            ref readonly var record = ref program.Table[n];
            for (int r = record.FirstResult; r < record.FirstResult + record.Results; r++)
            {
                swept[n] |= active[r] && reached[r];
            }

            if (swept[n])
            {
                foreach (int argument in program.Table.Arguments(n))
                {
                    reached[argument] = true;
                }
            }
        }

        return swept;
    }

    /// <summary>The names given, or those of every real input where none is.</summary>
    public static IReadOnlyList<string> Wanted(Program program, IReadOnlyList<string> names) => names.Count > 0
        ? names
        : [.. program.Inputs.Where(i => program.Types[i.Value].Kind == ElementKind.Real).Select(i => i.Name)];

    /// <summary>A builder with the program's inputs, and the images of those.</summary>
    public static (ProgramBuilder Builder, Variable?[] Values) Begin(Program program)
    {
        var builder = new ProgramBuilder();
        var values = new Variable?[program.Types.Count];
        foreach (var input in program.Inputs)
        {
            values[input.Value] = builder.Input(input.Name, program.Types[input.Value], input.Role);
        }

        return (builder, values);
    }
}
