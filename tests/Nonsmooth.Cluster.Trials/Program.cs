using System.Diagnostics;
using System.Globalization;
using Nonsmooth;
using Nonsmooth.Cluster;
using Nonsmooth.Cluster.Trials;

// A rank of a trial, to be started by a launcher of MPI: what to do, and the rank that does otherwise.
string what = args[0];
int odd = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : -1;
var options = new ClusterOptions { Timeout = TimeSpan.FromSeconds(what is "sums" or "race" or "queue" ? 60 : 1), PartBytes = what == "race" ? 16 << 20 : 1 << 14 };
Ranks.Run(MpiLaunch.FromEnvironment(), 1, Work, options);
if (what == "twice")
{
    Ranks.Run(MpiLaunch.FromEnvironment(), 1, _ => { }, options);
}

return 0;

void Work(ICommunicator ranks)
{
    ranks.Barrier();
    bool isOdd = ranks.Rank == odd;
    switch (what)
    {
        case "sums":
            string hash = Trial.Run(ranks);
            if (ranks.Rank == 0)
            {
                Console.WriteLine($"{ranks.Transport}\t{ranks.Size}\t{hash}");
            }

            break;
        case "queue" or "queue-throws" or "queue-stops":
            QueueTrial.Run(ranks, what, odd, args.ElementAtOrDefault(2));
            return;
        case "race":
            Race.Run(MpiLibrary.TryLoad(MpiLaunch.FromEnvironment(), out _)!, ranks);
            break;
        case "loops":
            Console.WriteLine($"{Environment.ProcessId}");
            for (int length = 0; ; length = (length + 977) % 50_000)
            {
                TreeSum.AllReduce<float>(ranks, new float[length], new float[length]);
            }

        case "dies" when isOdd:
            Process.GetCurrentProcess().Kill();
            break;
        case "hangs" when isOdd:
            Thread.Sleep(Timeout.Infinite);
            break;
        case "stops" when isOdd:
            using (var stop = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]))
            {
                stop.WaitForExit();
            }

            break;
        case "throws" when isOdd:
            throw new NonsmoothException("the disk is full");
        case "leaves" when isOdd:
            return;
        case "length" when isOdd:
            ranks.Send(new byte[5], 0);
            break;
        case "length" when ranks.Rank == 0:
            ranks.Receive(new byte[7], odd);
            break;
        case "differs":
            ranks.Agree(new Dictionary<string, string> { ["seed"] = "1", ["instructions"] = isOdd ? "avx2" : "avx512" });
            break;
        default:
            break;
    }

    TreeSum.AllReduce<float>(ranks, new float[100], new float[100]);
}
