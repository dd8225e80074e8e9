using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Settings;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Recipes;

/// <summary>Everything that the bits of a run depend on, by the names that users write; one file can hold it.</summary>
public sealed record Recipe : RunSettings
{
    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => TrainingSettings.OfRecipe;

    /// <summary>What users call it; empty for one of their own.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it trains, in one line.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it takes: time, machine, files.</summary>
    public string Takes { get; init; } = "";

    /// <summary>What it came to where it was measured.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The network.</summary>
    public string Network { get => Get(TrainingSettings.Network); init => Set(TrainingSettings.Network, value); }

    /// <summary>Adapters on its linear layers. Default null: none, everything is trained.</summary>
    public LowRank? LowRank
    {
        get
        {
            var (rank, alpha, dropout, on) = (Get(TrainingSettings.LowRank), Get(TrainingSettings.LowRankAlpha), Get(TrainingSettings.LowRankDropout), Get(TrainingSettings.LowRankOn));
            var usual = new LowRank();
            return rank is null && alpha is null && dropout is null && on is null ? null : new(rank ?? usual.Rank, alpha ?? usual.Alpha, dropout ?? usual.Dropout, on ?? usual.On);
        }

        init
        {
            Set(TrainingSettings.LowRank, value?.Rank);
            Set(TrainingSettings.LowRankAlpha, value?.Alpha);
            Set(TrainingSettings.LowRankDropout, value?.Dropout);
            Set(TrainingSettings.LowRankOn, value is { On.Length: > 0 } ? value.On : null);
        }
    }

    /// <summary>The part of a target that training spreads over all classes alike. Default 0.</summary>
    public double LabelSmoothing { get => Get(TrainingSettings.LabelSmoothing); init => Set(TrainingSettings.LabelSmoothing, value); }

    /// <summary>The data set. Default <c>strokes</c>.</summary>
    public string Data { get => Get(TrainingSettings.Data); init => Set(TrainingSettings.Data, value); }

    /// <summary>Tokens in an example of a text. Default null: as many as the network usually takes.</summary>
    public int? Tokens { get => Get(TrainingSettings.Tokens); init => Set(TrainingSettings.Tokens, value); }

    /// <summary>Rows and columns of the images of a folder. Default null: 224.</summary>
    public int? ImageSize { get => Get(TrainingSettings.ImageSize); init => Set(TrainingSettings.ImageSize, value); }

    /// <summary>Training examples. Default null: all, or what a made data set calls its default.</summary>
    public int? TrainCount { get => Get(TrainingSettings.TrainCount); init => Set(TrainingSettings.TrainCount, value); }

    /// <summary>Test examples, likewise.</summary>
    public int? TestCount { get => Get(TrainingSettings.TestCount); init => Set(TrainingSettings.TestCount, value); }

    /// <summary>How training images are drawn. Default as they are.</summary>
    public Augmentation Augmentation
    {
        get => new(Get(TrainingSettings.Crop), Get(TrainingSettings.Flip));
        init
        {
            Set(TrainingSettings.Crop, value.Padding);
            Set(TrainingSettings.Flip, value.Flip);
        }
    }

    /// <summary>The optimizer. Default <c>innaprop</c>.</summary>
    public string Optimizer { get => Get(TrainingSettings.Optimizer); init => Set(TrainingSettings.Optimizer, value); }

    /// <summary>The optimizer's settings that are not its defaults.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning rate, the highest one of a schedule. Default null: the optimizer's own.</summary>
    public double? Rate { get => Get(TrainingSettings.Rate); init => Set(TrainingSettings.Rate, value); }

    /// <summary>How the rate moves, as <see cref="ScheduleShape"/> reads it. Default constant.</summary>
    public string Schedule { get => Get(TrainingSettings.Schedule); init => Set(TrainingSettings.Schedule, value); }

    /// <summary>Steps in which the rate rises from 0. Default 0.</summary>
    public int Warmup { get => Get(TrainingSettings.Warmup); init => Set(TrainingSettings.Warmup, value); }

    /// <summary>The recipe with a key changed, as a user types it; what it took and came to is no longer said, and another optimizer starts from its own settings.</summary>
    /// <param name="key">One of <see cref="TrainingSettings.OfRecipe"/>.</param>
    /// <param name="text">Its value.</param>
    /// <exception cref="NonsmoothException">There is no such key, or its value cannot be read.</exception>
    public Recipe With(string key, string text)
    {
        var setting = TryFind(key)
            ?? throw new NonsmoothException($"a recipe has no key '{key}': {Nearest.Mend(key, Declared.Select(s => s.Key))}");
        var changed = setting.Read(this with { Takes = "", Reference = "" }, text);
        return changed.Optimizer == Optimizer ? changed : changed with { Settings = new Dictionary<string, string>() };
    }

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
        var file = ModelFormat.Of(Network)?.Open(Network);
        return Row().Load(new DatasetOptions
        {
            Locations = locations,
            Seed = Seed,
            TrainCount = TrainCount,
            TestCount = TestCount,
            ImageSize = ImageSize ?? new DatasetOptions().ImageSize,
            Tokens = Tokens ?? (file is null ? Models.Find(Network).Examples.Tokens : TokensOf(file)) ?? new DatasetOptions().Tokens,
            Text = file?.Text,
            Target = Get(TrainingSettings.Target),
            PixelMean = Numbers(TrainingSettings.ImageMean),
            PixelDeviation = Numbers(TrainingSettings.ImageDeviation),
            Limits = Limits(),
        });
    }

    /// <summary>Of a model file: the classes of a new head in the place of its own. Default 0: its own.</summary>
    public int ReplaceHead => Get(TrainingSettings.ReplaceHead);

    // A run of tokens is the only input of whole numbers [N, T].
    private static int? TokensOf(IModelFile file) =>
        file.Inputs.All(i => !i.IsReal) && file.Inputs.FirstOrDefault(i => i.Sizes?.Count == 2) is { } run ? run.Sizes![1] ?? run.Usual?[1] : null;

    private FileSettings? File()
    {
        var (head, freeze, order, inputs) = (ReplaceHead, Get(TrainingSettings.Freeze), Get(TrainingSettings.ChannelOrder), Get(TrainingSettings.Inputs));
        return head == 0 && freeze == TrainingSettings.Nothing && order == "rgb" && inputs == TrainingSettings.Nothing && Adapter is null ? null
            : new FileSettings(head == 0 ? null : head, freeze == TrainingSettings.Nothing ? null : freeze)
            {
                IsBgr = order == "bgr",
                Adapter = Adapter,
                Sizes = FileSizes.ReadAll(inputs == TrainingSettings.Nothing ? "" : inputs),
            };
    }

    private float[]? Numbers(Setting<string> setting) => Get(setting) == TrainingSettings.AsData ? null : Get(setting).Split(',').Select(t => float.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out float v)
        ? v : throw new NonsmoothException($"{setting.Key} is '{Get(setting)}': give a number a channel, as 0.485,0.456,0.406")).ToArray();

    private DataLimits Limits() => new()
    {
        TextBytes = Get(TrainingSettings.TextBytes) ?? DataLimits.Usual.TextBytes,
        ImageBytes = Get(TrainingSettings.ImageBytes) ?? DataLimits.Usual.ImageBytes,
        ImagePixels = Get(TrainingSettings.ImagePixels) ?? DataLimits.Usual.ImagePixels,
        UnpackedBytes = Get(TrainingSettings.UnpackedBytes) ?? DataLimits.Usual.UnpackedBytes,
    };

    /// <summary>The model that it names, for examples of its data.</summary>
    /// <exception cref="NonsmoothException">There is none, or it cannot take the examples.</exception>
    public Model Model(FieldList examples) => Adapter is not null && LowRank is not null
        ? throw new NonsmoothException("adapter and lora are two kinds of low-rank adapters: give one of the two")
        : Models.For(Network, examples, File());

    /// <summary>Looks up what it names.</summary>
    /// <param name="data">What <see cref="Load"/> gave.</param>
    /// <param name="model">The model; null for the one that it names.</param>
    /// <exception cref="NonsmoothException">A name does not exist, a number is out of its range, or network and data do not fit.</exception>
    public TrainingOptions Options(Dataset data, Model? model = null)
    {
        var entry = OptimizerRegistry.Find(Optimizer);
        double rate = Rate ?? entry.DefaultRate;
        long steps = Math.Max(1, (long)Epochs * Math.Max(1, data.Train.Count / Math.Max(1L, (long)BatchSize * Accumulate)));
        return new TrainingOptions(this)
        {
            Network = (model ?? Model(data.Examples)).Smoothed(LabelSmoothing) with { LowRank = LowRank },
            Dataset = data.Augment(Augmentation),
            OptimizerName = entry.Name,
            Optimizer = entry.Configure(Settings),
            Rate = rate,
            Shaped = ScheduleShape.Make(Schedule, rate, Warmup, steps),
            Recipe = RecipeFile.Json(this),
        };
    }
}
