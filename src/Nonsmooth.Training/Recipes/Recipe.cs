using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Recipes;

/// <summary>Everything that the bits of a run depend on, by the names that users write; one file can hold it.</summary>
public sealed record Recipe
{
    /// <summary>What users call it; empty for one of their own.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it trains, in one line.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it takes: time, machine, files.</summary>
    public string Takes { get; init; } = "";

    /// <summary>What it came to where it was measured.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The network.</summary>
    public string Network { get; init; } = "";

    /// <summary>The file that its weights start from. Default null: they are drawn.</summary>
    public string? Weights { get; init; }

    /// <summary>Adapters on its linear layers. Default null: none, everything is trained.</summary>
    public LowRank? LowRank { get; init; }

    /// <summary>The part of a target that training spreads over all classes alike. Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The data set. Default <c>strokes</c>.</summary>
    public string Data { get; init; } = "strokes";

    /// <summary>Tokens in an example of a text. Default null: as many as the network usually takes.</summary>
    public int? Tokens { get; init; }

    /// <summary>Rows and columns of the images of a folder. Default null: 224.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Training examples. Default null: all, or what a made data set calls its default.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Test examples, likewise.</summary>
    public int? TestCount { get; init; }

    /// <summary>How training images are drawn. Default as they are.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>The optimizer. Default <c>innaprop</c>.</summary>
    public string Optimizer { get; init; } = InnapropOptions.Entry.Name;

    /// <summary>The optimizer's settings that are not its defaults.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning rate, the highest one of a schedule. Default null: the optimizer's own.</summary>
    public double? Rate { get; init; }

    /// <summary>How the rate moves, as <see cref="ScheduleShape"/> reads it. Default constant.</summary>
    public string Schedule { get; init; } = ScheduleShape.Constant;

    /// <summary>Steps in which the rate rises from 0. Default 0.</summary>
    public int Warmup { get; init; }

    /// <summary>Examples in a batch. Default 128.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Batches in a step. Default 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The largest norm of the gradient. Default null: none.</summary>
    public double? Clip { get; init; }

    /// <summary>What the gradient is multiplied by while it is computed. Default null: dynamic in f16, else none.</summary>
    public LossScale? LossScale { get; init; }

    /// <summary>When to end before the last epoch. Default null: never.</summary>
    public EarlyStop? EarlyStop { get; init; }

    /// <summary>Passes over the training half. Default 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The seed of everything random. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The format of the arithmetic. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where loss and gradient are computed. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Threads of libtorch's operators. Default 0: its own choice.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the bits shall not depend on the number of threads. Default false.</summary>
    public bool SameBits { get; init; }

    /// <summary>The recipe with a key changed, as a user types it; what it took and came to is no longer said.</summary>
    /// <param name="key">One of <see cref="RecipeKey.All"/>.</param>
    /// <param name="text">Its value.</param>
    /// <exception cref="NonsmoothException">There is no such key, or its value cannot be read.</exception>
    public Recipe With(string key, string text) => RecipeKey.Find(key).Set(this with { Takes = "", Reference = "" }, text);

    /// <summary>The row of its data set.</summary>
    /// <exception cref="NonsmoothException">There is none, or it has images of one size and the recipe says another.</exception>
    public DatasetRow Row()
    {
        var row = Datasets.Find(Data);
        return ImageSize is null || row.AnySize
            ? row
            : throw new NonsmoothException($"image-size is {ImageSize}, and '{Data}' is no folder of images: leave it out, or give data images:FOLDER");
    }

    /// <summary>Loads the data.</summary>
    /// <param name="locations">Where files are looked for.</param>
    /// <exception cref="NonsmoothException">There is no such network or data set, it has no images of any size and the recipe says one, a count is out of range, or a file is missing or damaged.</exception>
    public Dataset Load(DataLocations locations)
    {
        var usual = Models.Find(Network);
        return Row().Load(new DatasetOptions
        {
            Locations = locations,
            Seed = Seed,
            TrainCount = TrainCount,
            TestCount = TestCount,
            ImageSize = ImageSize ?? new DatasetOptions().ImageSize,
            Tokens = Tokens ?? (usual.Examples.Tokens ?? new DatasetOptions().Tokens),
        });
    }

    /// <summary>Looks up what it names.</summary>
    /// <param name="data">What <see cref="Load"/> gave.</param>
    /// <exception cref="NonsmoothException">A name does not exist, a number is out of its range, or network and data do not fit.</exception>
    public TrainingOptions Options(Dataset data)
    {
        var entry = OptimizerRegistry.Find(Optimizer);
        double rate = Rate ?? entry.DefaultRate;
        long steps = Math.Max(1, (long)Epochs * Math.Max(1, data.Train.Count / Math.Max(1L, (long)Batch * Accumulate)));
        return new TrainingOptions
        {
            Network = Models.For(Network, data.Examples).Smoothed(LabelSmoothing) with { LowRank = LowRank },
            Weights = Weights,
            Dataset = data.Augment(Augmentation),
            OptimizerName = entry.Name,
            Optimizer = entry.Configure(Settings),
            Rate = rate,
            Schedule = ScheduleShape.Make(Schedule, rate, Warmup, steps),
            BatchSize = Batch,
            Accumulate = Accumulate,
            ClipNorm = Clip,
            LossScale = LossScale,
            EarlyStop = EarlyStop,
            Epochs = Epochs,
            Seed = Seed,
            Precision = Precision,
            Device = Device,
            Threads = Threads,
            SameBits = SameBits,
            Recipe = this,
        };
    }
}
