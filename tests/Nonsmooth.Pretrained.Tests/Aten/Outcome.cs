using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Aten;

/// <summary>What a pass over a file of recordings found.</summary>
internal sealed class Outcome
{
    public HashSet<string> Operators { get; } = [];

    public int Compared { get; private set; }

    public int Values { get; private set; }

    public SortedSet<string> Absent { get; } = new(StringComparer.Ordinal);

    public List<string> Inexpressible { get; } = [];

    public List<string> Different { get; } = [];

    public List<string> Decided { get; } = [];

    public HashSet<string> Stale { get; private set; } = [];

    public static Outcome Of(string file, double tolerance, IReadOnlyDictionary<string, string> decisions)
    {
        var outcome = new Outcome { Stale = [.. decisions.Keys] };
        foreach (var recording in OperatorRecording.Read(file))
        {
            if (AtenTable.Find(recording.Call) is not { } @operator)
            {
                outcome.Absent.Add(recording.Op);
                continue;
            }

            IReadOnlyList<string> differences;
            try
            {
                differences = new RecordedRun(recording, @operator).Differences(tolerance, recording.IsSmooth || recording.Reason.Length > 0);
            }
            catch (AtenException e)
            {
                outcome.Inexpressible.Add($"{recording.Id}: {e.Message}");
                continue;
            }
            catch (NonsmoothException e)
            {
                differences = [e.Message];
            }

            outcome.Operators.Add(recording.Op);
            outcome.Compared++;
            outcome.Values += recording.IsSmooth || recording.Reason.Length > 0 ? 0 : 1;
            bool decided = decisions.ContainsKey(recording.Id);
            (decided ? outcome.Decided : outcome.Different).AddRange(differences.Select(d => $"{recording.Id}: {d}{(recording.Reason.Length > 0 ? $" ({recording.Reason})" : "")}"));
            if (differences.Count > 0)
            {
                outcome.Stale.Remove(recording.Id);
            }
        }

        return outcome;
    }

    public override string ToString() =>
        $"{Operators.Count} operators, {Compared} calls compared, of {Values} the values only, {Inexpressible.Count} calls that the dictionary cannot express, {Absent.Count} operators absent, {Decided.Count} differences decided, {Different.Count} not\n"
        + $"different:\n{string.Join('\n', Different)}\ninexpressible:\n{string.Join('\n', Inexpressible)}\nabsent: {string.Join(", ", Absent)}";
}
