using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Building;

using Program = Nonsmooth.Programs.Program;

/// <summary>Processor time and memory a node for making programs of many nodes: traced, differentiated, pruned, flattened, counted.</summary>
/// <remarks>Processor time of the whole process, its garbage collector included; the best of a few repeats at small sizes.</remarks>
internal static class BuildingTime
{
    public static int Run(string[] args)
    {
        long most = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        long least = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
        Warm();
        Console.WriteLine("program   nodes      trace  backprop     prune   flatten     count  bytes/node  bytes/node of backprop   (µs a node traced)");
        foreach (bool wide in new[] { false, true })
        {
            for (long nodes = least; nodes <= most; nodes *= 10)
            {
                Measure(wide, (int)nodes);
            }
        }

        return 0;
    }

    private static void Warm()
    {
        for (int i = 0; i < 20; i++)
        {
            var program = Trace(i % 2 == 0, 2000);
            program.Backprop("x").Count();
            Composites(200).Flatten();
        }
    }

    private static void Measure(bool wide, int nodes)
    {
        int repeats = Math.Max(1, 200_000 / nodes);
        var (trace, program, size) = Best(repeats, () => Trace(wide, nodes));
        var (back, gradient, gradientSize) = Best(repeats, () => (Program)program.Backprop("x"));
        var (prune, _, _) = Best(repeats, () => gradient.Prune());
        var composites = Composites(nodes);
        var (flatten, flat, _) = Best(repeats, () => composites.Flatten());
        var (count, _, _) = Best(repeats, () => program.Count());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(wide ? "wide " : "chain")} {nodes,10} {trace / nodes,10:F3} {back / nodes,9:F3} {prune / gradient.Nodes.Count,9:F3} {flatten / flat.Nodes.Count,9:F3} {count / nodes,9:F3} {size / nodes,11:F0} {gradientSize / gradient.Nodes.Count,11:F0}"));
    }

    private static (double Microseconds, T Result, double Bytes) Best<T>(int repeats, Func<T> make)
    {
        var (best, result, bytes) = (double.PositiveInfinity, default(T)!, 0.0);
        for (int i = 0; i < repeats; i++)
        {
            result = default!;
            long before = GC.GetTotalMemory(forceFullCollection: true);
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            result = make();
            best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMicroseconds);
            bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        return (best, result, bytes);
    }

    // A chain of scalars, or a thousand chains side by side, each of which reads its neighbour; the last are added up.
    private static Program Trace(bool wide, int nodes)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", Shape.Scalar);
        var lanes = new Variable[wide ? Math.Max(1, nodes / 1000) : 1];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = i == 0 ? x : Functions.Add(lanes[i - 1], x);
        }

        for (int i = lanes.Length; i < nodes - lanes.Length; i++)
        {
            ref var lane = ref lanes[i % lanes.Length];
            lane = (i / lanes.Length % 3) switch
            {
                0 => Functions.Sin(lane),
                1 => Functions.Multiply(lane, lanes[(i + 1) % lanes.Length]),
                _ => Functions.Relu(lane),
            };
        }

        var sum = lanes[0];
        for (int i = 1; i < lanes.Length; i++)
        {
            sum = Functions.Add(sum, lanes[i]);
        }

        return builder.Build([("value", sum)]);
    }

    private static Program Composites(int nodes)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", Shape.Scalar);
        var y = Functions.Sin(x);
        for (int i = 0; i < nodes / 4; i++)
        {
            y = Functions.Huber(y, x);
        }

        return builder.Build([("value", y)]);
    }
}
