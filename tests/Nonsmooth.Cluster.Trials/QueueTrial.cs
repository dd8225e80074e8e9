using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Randomness;

namespace Nonsmooth.Cluster.Trials;

/// <summary>Tasks of lengths that are drawn, with results that one can check.</summary>
public static class QueueTrial
{
    public const int Count = 60;

    /// <summary>What a task comes to.</summary>
    public static string Expected(int index) => new CounterRandom(5).Derive((ulong)index).Sequence().NextDouble().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The tasks, each with something done before it.</summary>
    public static WorkList<string> List(Action<WorkItem<string>> before) => new(Count, item =>
    {
        before(item);
        int steps = new CounterRandom(6).Derive((ulong)item.Index).Sequence().NextInt32(6);
        for (int step = 0; step < steps; step++)
        {
            Thread.Sleep(2);
            item.Report((step + 1.0) / steps);
        }

        return Expected(item.Index);
    });

    /// <summary>Does the tasks over ranks, each result appended to a file, from which a later run knows it; rank 0 says how many it knew.</summary>
    public static void Run(ICommunicator ranks, string what, int odd, string? path)
    {
        Console.WriteLine($"{Environment.ProcessId}");
        var known = path is not null && File.Exists(path)
            ? File.ReadLines(path).Select(line => line.Split(' ')).Where(pair => pair.Length == 3).ToDictionary(pair => pair[0], pair => pair[1])
            : [];
        WorkQueue.Over(ranks, queue =>
        {
            var results = queue.Run(List(_ => Odd(what, ranks.Rank == odd)) with
            {
                Known = item => known.GetValueOrDefault($"{item.Index}"),
                Done = result => File.AppendAllText(path ?? "/dev/null", result.IsKnown ? "" : $"{result.Index} {result.Value} .\n"),
            });
            if (queue.Rank == 0)
            {
                Console.WriteLine($"{ranks.Transport}\t{queue.Size}\t{known.Count}\t{results.SequenceEqual(Enumerable.Range(0, Count).Select(Expected))}");
            }
        }, line => Console.Error.WriteLine($"notice: {line}"));
    }

    private static void Odd(string what, bool isOdd)
    {
        if (isOdd && what == "queue-throws")
        {
            throw new NonsmoothException("the disk is full");
        }

        if (isOdd && what == "queue-stops")
        {
            using var stop = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
        }
    }
}
