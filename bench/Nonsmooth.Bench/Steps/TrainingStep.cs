using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Bench.Steps;

/// <summary>
/// Step times in turns, one turn each a round: this library in single precision and in bfloat16, libtorch's operators one
/// by one, and PyTorch eager on the same machine; ratios are medians of the rounds' ratios.
/// </summary>
internal static class TrainingStep
{
    public static int Run(string[] args)
    {
        string network = Option(args, "--network", "lenet5");
        int batch = Number(args, "--batch", 128);
        int threads = Number(args, "--threads", 2);
        int rounds = Number(args, "--rounds", 15);
        int steps = Number(args, "--steps", 40);
        bool cpu = Option(args, "--clock", "wall") == "cpu";
        string[] against = Option(args, "--against", "pytorch").Split(',');
        using var ours = new NonsmoothStep(network, batch, threads, new ExecutionOptions());
        using var plain = Wanted("plain") ? new NonsmoothStep(network, batch, threads, new ExecutionOptions { Fused = false }) : null;
        using var brain = Wanted("bf16") ? new NonsmoothStep(network, batch, threads, new ExecutionOptions { Precision = Precision.BFloat16 }) : null;
        using var peer = Wanted("pytorch") ? PyTorchPeer.Start(network, batch, threads) : null;
        ours.Seconds(steps);
        long before = GC.GetTotalAllocatedBytes(true);
        ours.Seconds(steps);
        double allocated = (GC.GetTotalAllocatedBytes(true) - before) / (double)steps;
        var turns = new List<Turn> { new("nonsmooth", Clock(ours)) };
        Add(plain is null ? null : new Turn("libtorch 2.10 operator by operator", Clock(plain)));
        Add(peer is null ? null : new Turn(peer.Version + ", eager, AdamW", cpu ? peer.ProcessorSeconds : peer.Seconds));
        Add(brain is null ? null : new Turn("nonsmooth, bfloat16", Clock(brain)));
        turns.ForEach(turn => turn.Seconds(steps));
        for (int i = 0; i < rounds; i++)
        {
            turns.ForEach(turn => turn.Times.Add(1e3 * turn.Seconds(steps) / steps));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network} batch {batch}, {threads} threads, {(cpu ? "processor time" : "time")}, {rounds} rounds of {steps} steps in turns; {ours.Parameters} parameters; managed bytes a step {allocated:F1}"));
        turns.ForEach(Print);
        if (Wanted("pytorch") && peer is null)
        {
            Console.WriteLine("peer: no Python with PyTorch here; set NONSMOOTH_PYTHON or install python3-torch");
        }

        return 0;

        bool Wanted(string name) => against.Contains(name, StringComparer.Ordinal);

        Func<int, double> Clock(NonsmoothStep step) => cpu ? step.ProcessorSeconds : step.Seconds;

        void Add(Turn? turn)
        {
            if (turn is not null)
            {
                turns.Add(turn);
            }
        }

        void Print(Turn turn)
        {
            double[] ratios = [.. turns[0].Times.Zip(turn.Times, (a, b) => a / b)];
            if (turn != turns[0])
            {
                Taken.Note($"training-step/{network}/{(turn.Name.StartsWith("nonsmooth", StringComparison.Ordinal) ? "bf16" : turn.Name.StartsWith("libtorch", StringComparison.Ordinal) ? "plain" : "pytorch")}", Median(turns[0].Times) / 1e3, Median(turn.Times) / 1e3, Median(ratios), ratios.Min(), ratios.Max());
            }

            string ratio = turn == turns[0] ? "" : string.Create(
                CultureInfo.InvariantCulture, $"; nonsmooth takes {Median(ratios):F3} of it, from {ratios.Min():F3} to {ratios.Max():F3}; it takes {1 / Median(ratios):F3} of nonsmooth");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{turn.Name}: median {Median(turn.Times):F2} ms, least {turn.Times.Min():F2} ms{ratio}"));
        }
    }

    private static int Number(string[] args, string name, int otherwise) =>
        int.Parse(Option(args, name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private static string Option(string[] args, string name, string otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed record Turn(string Name, Func<int, double> Seconds)
    {
        public List<double> Times { get; } = [];
    }
}
