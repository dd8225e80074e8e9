using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>After which step each value is not needed any more.</summary>
internal static class Liveness
{
    /// <summary>For each step, the values to release after it: arguments used last, and results never used.</summary>
    /// <param name="program">The program.</param>
    /// <param name="steps">All its nodes, those that run as one together, in the order in which they run.</param>
    public static int[][] Of(Program program, IReadOnlyList<IReadOnlyList<Node>> steps)
    {
        var last = new int[program.Types.Count];
        Array.Fill(last, -1);
        for (int n = 0; n < steps.Count; n++)
        {
            foreach (int value in steps[n].SelectMany(node => node.Arguments.Concat(node.Results)))
            {
                last[value] = n;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Value] = -1;
        }

        var releases = new List<int>[steps.Count];
        for (int n = 0; n < releases.Length; n++)
        {
            releases[n] = [];
        }

        for (int value = 0; value < last.Length; value++)
        {
            if (last[value] >= 0)
            {
                releases[last[value]].Add(value);
            }
        }

        return [.. releases.Select(r => r.ToArray())];
    }
}
