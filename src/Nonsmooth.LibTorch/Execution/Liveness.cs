using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>After which node each value is not needed any more.</summary>
internal static class Liveness
{
    /// <summary>For each node, the values to release after it: arguments used last, and results never used.</summary>
    public static int[][] Of(Program program)
    {
        var last = new int[program.Types.Count];
        Array.Fill(last, -1);
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int value in program.Nodes[n].Arguments.Concat(program.Nodes[n].Results))
            {
                last[value] = n;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Value] = -1;
        }

        var releases = new List<int>[program.Nodes.Count];
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
