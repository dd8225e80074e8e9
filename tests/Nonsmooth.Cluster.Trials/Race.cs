using System.Diagnostics;
using System.Globalization;

namespace Nonsmooth.Cluster.Trials;

/// <summary>Sums in the order of the tree against MPI_Allreduce, whose order is the library's, turn by turn.</summary>
public static unsafe class Race
{
    public static void Run(MpiLibrary mpi, ICommunicator ranks)
    {
        var reduce = (delegate* unmanaged<float*, float*, int, nint, nint, nint, int>)mpi.Export("MPI_Allreduce");
        var (single, plus) = mpi.IsOpenMpi ? (mpi.Export("ompi_mpi_float"), mpi.Export("ompi_mpi_op_sum")) : (0x4c00040a, 0x58000003);
        foreach (int bytes in (int[])[1_000, 16_000, 64_000, 248_024, 1_000_000, 4_000_000, 45_000_000, 200_000_000])
        {
            float[] numbers = new float[bytes / sizeof(float)], other = new float[numbers.Length];
            double tree = double.PositiveInfinity, library = tree;
            for (int round = 0; round < (bytes < 2_000_000 ? 60 : 6); round++)
            {
                ranks.Barrier();
                long begun = Stopwatch.GetTimestamp();
                TreeSum.AllReduce<float>(ranks, numbers, other);
                tree = Math.Min(tree, Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                ranks.Barrier();
                begun = Stopwatch.GetTimestamp();
                fixed (float* source = numbers, target = other)
                {
                    mpi.Check(reduce(source, target, numbers.Length, single, plus, mpi.World), "MPI_Allreduce");
                }

                library = Math.Min(library, Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }

            if (ranks.Rank == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ranks.Transport}, {ranks.Size} ranks, {bytes,11:N0} B: tree {tree,9:F1} µs, MPI_Allreduce {library,9:F1} µs, ratio {tree / library:F2}"));
            }
        }
    }
}
