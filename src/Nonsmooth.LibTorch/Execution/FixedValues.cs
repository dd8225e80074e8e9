using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Which values of a program are the same in every run, because they depend on fixed inputs and constants alone.</summary>
internal static class FixedValues
{
    /// <summary>One truth a value.</summary>
    /// <exception cref="NonsmoothException">The program has no input of a name; the message lists those it has.</exception>
    public static bool[] Of(Program program, IReadOnlyCollection<string> names)
    {
        var fixedValues = new bool[program.Types.Count];
        foreach (string name in names)
        {
            var input = program.Inputs.FirstOrDefault(i => i.Name == name)
                ?? throw new NonsmoothException($"'{name}' is to be fixed and is no input: the program takes {string.Join(", ", program.Inputs.Select(i => i.Name))}");
            fixedValues[input.Value] = true;
        }

        if (names.Count > 0)
        {
            foreach (var node in program.Nodes.Where(n => n.Arguments.All(a => fixedValues[a])))
            {
                foreach (int result in node.Results)
                {
                    fixedValues[result] = true;
                }
            }
        }

        return fixedValues;
    }
}
