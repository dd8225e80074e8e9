using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Steps;

/// <summary>Predicted against measured: sums over ranks that are threads, and steps of training over 1, 2 and 4 of them, one libtorch thread each.</summary>
internal static class RankSteps
{
    private const int Rounds = 3;

    private static readonly int[] _ranks = [1, 2, 4];

    public static int Run(string[] args)
    {
        string network = args.Length > 0 ? args[0] : "resnet18-cifar";
        int batch = Number(args, 1, 64), chunks = Number(args, 2, 6), steps = Number(args, 3, 2), shards = Number(args, 4, 8), seconds = Number(args, 5, 10);
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = 1;
        var machine = MachineModel.Calibrate(new CalibrationOptions { File = null, Budget = TimeSpan.FromSeconds(seconds) });
        var cluster = Cluster();
        Print($"calibrated in {machine.CalibrationSeconds:F1} s, {machine.Rounds} rounds; between threads {1e6 * cluster.Link.Latency:F1} µs, {cluster.Link.Bandwidth / 1e9:F2} GB/s both ways, adding {1e12 * cluster.SecondsPerAddedByte:F1} ps a byte");
        foreach (int ranks in _ranks[1..])
        {
            Sums(cluster, ranks);
        }

        var data = Strokes.Load(new DatasetOptions { TrainCount = 4 * batch, TestCount = 1 });
        var options = new TrainingOptions { Network = Models.For(network, data.Examples), Dataset = data, BatchSize = batch, Epochs = int.MaxValue, Shards = shards, Threads = 1 };
        var timeline = machine.Timeline(options.Network.Build(batch / shards).Gradient());
        var measured = _ranks.ToDictionary(r => r, _ => new List<(double Wall, double Processor, double Exposed)>());
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int ranks in _ranks)
            {
                measured[ranks].Add(Steps(options, ranks, chunks, steps));
            }
        }

        Print($"{network} on 28x28, batch {batch} in {shards} shards, the least of {Rounds * chunks} times {steps} steps");
        Print($"{"ranks",5} {"predicted ms",13} {"wall ms",10} {"error",8} {"processor ms",13} {"error",8} {"exposed",8} {"measured",8}");
        foreach (int ranks in _ranks)
        {
            var predicted = StepForecast.Of(timeline, cluster, ranks, new ScalingOptions { Shards = shards });
            double wall = measured[ranks].Min(m => m.Wall), processor = measured[ranks].Min(m => m.Processor), exposed = measured[ranks].Min(m => m.Exposed);
            Print($"{ranks,5} {1e3 * predicted.Step,13:F1} {1e3 * wall,10:F1} {(predicted.Step / wall) - 1,8:P1} {1e3 * processor,13:F1} {(predicted.Step / processor) - 1,8:P1} {predicted.ExposedShare,8:P1} {exposed,8:P1}");
        }

        return 0;
    }

    private static ClusterModel Cluster()
    {
        ClusterModel? model = null;
        ThreadRanks.Run(2, ranks =>
        {
            var links = LinkMeasurement.Links(ranks, TimeProvider.System);
            model = ranks.Rank == 0 ? LinkMeasurement.Model(links, ranks.Hosts, Environment.ProcessorCount, LinkMeasurement.Addition(TimeProvider.System)) : model;
        });
        return model! with { RanksPerNode = _ranks[^1] };
    }

    private static void Sums(ClusterModel cluster, int ranks)
    {
        foreach (int length in (int[])[1 << 10, 1 << 14, 1 << 18, 1 << 20, 1 << 22, 11_173_962])
        {
            double seconds = 0;
            ThreadRanks.Run(ranks, own =>
            {
                double took = LinkMeasurement.AllReduce(own, TimeProvider.System, length);
                seconds = own.Rank == 0 ? took : seconds;
            });
            double predicted = cluster.Slowdown(ranks) * ReductionTime.AllReduce(cluster, ReductionKind.Tree, ranks, length * sizeof(float));
            Print($"sum of {length * sizeof(float) / 1e6,8:F3} MB over {ranks} ranks: predicted {1e3 * predicted,8:F3} ms, measured {1e3 * seconds,8:F3} ms, error {(predicted / seconds) - 1:P0}");
        }
    }

    // Some steps, many times, each time between two meetings of all; processor time is that of all ranks, over the processors they fill.
    private static (double Wall, double Processor, double Exposed) Steps(TrainingOptions options, int count, int chunks, int steps)
    {
        (double Wall, double Processor, double Exposed) least = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        ThreadRanks.Run(count, ranks =>
        {
            using var session = new Session(options, ranks: ranks);
            session.Step();
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                ranks.Barrier();
                long begin = Stopwatch.GetTimestamp();
                var (processor, exposed) = (Environment.CpuUsage.TotalTime, session.Communication.Exposed);
                for (int step = 0; step < steps; step++)
                {
                    session.Step();
                }

                ranks.Barrier();
                double wall = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                if (ranks.Rank == 0)
                {
                    double all = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / steps / Math.Min(count, Environment.ProcessorCount);
                    least = (Math.Min(least.Wall, wall / steps), Math.Min(least.Processor, all), Math.Min(least.Exposed, (session.Communication.Exposed - exposed).TotalSeconds / wall));
                }
            }
        });
        return least;
    }

    private static int Number(string[] args, int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
