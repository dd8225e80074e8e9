using Nonsmooth.Cli.Output;
using Nonsmooth.Cluster;
using Nonsmooth.Data;

namespace Nonsmooth.Cli.Studies;

/// <summary>How much of a published study is repeated.</summary>
/// <param name="Full">Whether as much as was published, where that is feasible here.</param>
/// <param name="Seeds">Seeds of trainings; null for the study's own number.</param>
/// <param name="Draws">Draws of parameters; null likewise.</param>
/// <param name="Batches">Batches of each draw; null likewise.</param>
/// <param name="Log">Draws that earlier runs finished, and where new ones go.</param>
/// <param name="Data">Where data sets are looked for.</param>
/// <param name="Progress">Told the share of the row that is done, and what it is.</param>
/// <param name="Queue">The ranks that share the work.</param>
/// <param name="Stop">Cancelled when the user asks to stop.</param>
internal sealed record ReproduceRequest(
    bool Full, int? Seeds, int? Draws, int? Batches, DrawLog Log, DataLocations Data, Action<double, string> Progress, WorkQueue Queue, CancellationToken Stop)
{
    /// <summary>Loads a data set.</summary>
    public Dataset Load(string name, int? train = null) =>
        Datasets.Load(name, new DatasetOptions { Locations = Data, TrainCount = train });

    /// <summary>A progress in shares of a row.</summary>
    public IProgress<T> Share<T>(string title, Func<T, double> share) => new Told<T>(value => Progress(share(value), title));
}
