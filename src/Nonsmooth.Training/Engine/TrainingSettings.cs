using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Settings;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Engine;

/// <summary>
/// Every setting of training. To add one: a row here, and <c>options.Get(TrainingSettings.NAME)</c> where it is read; recipes, <c>run.json</c>,
/// the check of a resumed run, the command line, its help and completion, the lists of keys and their tests follow. A property of
/// <see cref="RunSettings"/> that is a view of it is for those that code sets often.
/// </summary>
public static class TrainingSettings
{
    private static readonly SettingList _recipe = new();
    private static readonly SettingList _run = new();

    /// <summary>What a recipe says, in the order to write it.</summary>
    public static IReadOnlyList<Setting> OfRecipe => _recipe;

    /// <summary>What belongs to one run on one machine, and to no recipe.</summary>
    public static IReadOnlyList<Setting> OfRun => _run;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All => [.. _recipe, .. _run];

    internal static Setting<string> Network { get; } = _recipe.Add(new Setting<string>(
        "network", "", Ranges.Text("a network's name", "NETWORK"), "The network (see nonsmooth networks)") { Example = "lenet5", Counts = By(o => o.Network.Name) });

    internal static Setting<string> Data { get; } = _recipe.Add(new Setting<string>(
        "data", "strokes", Ranges.Text("a data set's name", "NAME"), "Data set (see nonsmooth datasets)") { Example = "mnist", Counts = By(o => o.Dataset.Name) });

    internal static Setting<int?> Tokens { get; } = _recipe.Add(new Setting<int?>("tokens", null, Ranges.From(1).OrUnset(), "Tokens in an example of a text")
        { Unset = "as many as the network usually takes", Counts = By(o => o.Dataset.Examples.Tokens is { } tokens ? Text(tokens) : null) });

    internal static Setting<int?> ImageSize { get; } = _recipe.Add(new Setting<int?>("image-size", null, Ranges.From(1).OrUnset(), "Rows and columns of the images of a folder")
        { Unset = Text(UsualImageSize), Counts = By(o => o.Get(ImageSize!) is { } size && size != UsualImageSize ? Text(size) : null) });

    internal static Setting<string?> Target { get; } = _recipe.Add(new Setting<string?>("target", null, Ranges.Text("the name of an array or a column", "NAME").OrNull(), "Of your own arrays or table: what is to be predicted")
        { Unset = "target, y, label or labels", Example = "label", Counts = _ => null });

    internal static Setting<string> ImageMean { get; } = _recipe.Add(new Setting<string>(
        "image-mean", AsData, Ranges.Text("a number a channel", "R,G,B"), "What is taken from pixels scaled to [0, 1], a number a channel; data for as the data set has it") { Example = "0.5" });

    internal static Setting<string> ImageDeviation { get; } = _recipe.Add(new Setting<string>(
        "image-deviation", AsData, Ranges.Text("a number a channel", "R,G,B"), "What pixels are then divided by, a number a channel; data for as the data set has it") { Example = "0.5" });

    internal static Setting<int?> TrainCount { get; } = _recipe.Add(new Setting<int?>("train-count", null, Ranges.From(1).OrUnset(), "Training examples")
        { Unset = "all, or what a made data set calls its default", Counts = By(o => Text(o.Dataset.Train.Count)) });

    internal static Setting<int?> TestCount { get; } = _recipe.Add(new Setting<int?>("test-count", null, Ranges.From(1).OrUnset(), "Test examples")
        { Unset = "all, or what a made data set calls its default", Counts = By(o => Text(o.Dataset.Test.Count)) });

    internal static Setting<int> Crop { get; } = _recipe.Add(new Setting<int>("crop", 0, Ranges.From(0), "Cut each training image, padded by so many pixels, at random")
        { Counts = By(o => Text(Drawn(o).Padding)) });

    internal static Setting<bool> Flip { get; } = _recipe.Add(new Setting<bool>("flip", false, Ranges.Switch, "Mirror half of the training images")
        { Counts = By(o => Ranges.Switch.Print(Drawn(o).Flip)) });

    internal static Setting<long?> TextBytes { get; } = _recipe.Add(Limit("text-bytes", "Refuse a text of more bytes", DataLimits.Usual.TextBytes));

    internal static Setting<long?> ImageBytes { get; } = _recipe.Add(Limit("image-bytes", "Refuse an image file of more bytes", DataLimits.Usual.ImageBytes));

    internal static Setting<long?> UnpackedBytes { get; } = _recipe.Add(Limit("unpacked-bytes", "Refuse an archive or array that takes more bytes once unpacked", DataLimits.Usual.UnpackedBytes));

    internal static Setting<int?> ImagePixels { get; } = _recipe.Add(new Setting<int?>("image-pixels", null, Ranges.From(1).OrUnset(), "Refuse an image of more pixels")
        { Unset = DataLimits.Usual.ImagePixels.ToString(CultureInfo.InvariantCulture), Counts = _ => null });

    internal static Setting<string?> Weights { get; } = _recipe.Add(new Setting<string?>(
        "weights", null, Ranges.Text("a file of weights", "FILE").OrNull(), "Weights to start from: a checkpoint, or a safetensors file of the network's names or of its published ones")
        { Unset = "drawn from the seed", Example = "start.safetensors", Counts = _ => null });

    internal static Setting<int> ReplaceHead { get; } = _recipe.Add(new Setting<int>(
        "replace-head", 0, Ranges.From(0), "Of a model file: a new linear head of so many classes in the place of its last layer, or behind its features; 0 for its own") { Example = "12" });

    internal static Setting<string> Freeze { get; } = _recipe.Add(new Setting<string>(
        "freeze", Nothing, Ranges.Text("names of weights, with * for any characters, separated by commas", "PATTERN"), "Of a model file: weights that stay as they are; none for all to be trained") { Example = "*" });

    internal static Setting<string> Inputs { get; } = _recipe.Add(new Setting<string>(
        "input", Nothing, Ranges.Text("a name and sizes, or several separated by commas", "NAME=SIZES"), "Of a model file: the shape of an input, the size of an axis or a whole number that it leaves open, as x=1x3x224x224 or n=3, several separated by commas") { Example = "side=14" });

    internal static Setting<string> ChannelOrder { get; } = _recipe.Add(new Setting<string>(
        "image-order", "rgb", Ranges.OneOf(("rgb", "rgb"), ("bgr", "bgr")), "Of a model file: the order of channels that it takes"));

    internal static Setting<int?> LowRank { get; } = _recipe.Add(new Setting<int?>(
        "lora", null, Ranges.From(1).OrUnset(), "Train adapters of this rank on the linear layers, and nothing else; needs weights")
        { Unset = "none", Counts = By(o => o.Network.LowRank is { } adapters ? Text(adapters.Rank) : null) });

    internal static Setting<double?> LowRankAlpha { get; } = _recipe.Add(new Setting<double?>("lora-alpha", null, Ranges.Positive.OrUnset(), "Adapters: the factor of theirs, over the rank")
        { Unset = "32", Counts = By(o => o.Network.LowRank is { } adapters ? Text(adapters.Alpha) : null) });

    internal static Setting<double?> LowRankDropout { get; } = _recipe.Add(new Setting<double?>("lora-dropout", null, Ranges.Decay.OrUnset(), "Adapters: the share of their inputs that is dropped")
        { Unset = "0.1", Counts = By(o => o.Network.LowRank is { } adapters ? Text(adapters.Dropout) : null) });

    internal static Setting<string?> LowRankOn { get; } = _recipe.Add(new Setting<string?>(
        "lora-on", null, Ranges.Text("linear layers, separated by commas", "LAYERS").OrNull(), "Adapters: on which linear layers")
        { Unset = "those the network names", Example = "fc1", Counts = By(o => o.Network.LowRank is { } adapters ? adapters.On.Length > 0 ? adapters.On : o.Network.LowRankOn : null) });

    internal static Setting<string?> Adapter { get; } = _recipe.Add(new Setting<string?>(
        "adapter", null, Ranges.Text("the folder of an adapter, or what a new one is, as r=8,alpha=16,targets=q_proj,v_proj", "ADAPTER").OrNull(), "Of a HuggingFace folder: a LoRA adapter in PEFT's form on it, which alone is trained: its folder, or what a new one is, as r=8,alpha=16,targets=q_proj,v_proj")
        { Unset = "none", Example = "r=2,targets=c_attn" });

    internal static Setting<DoraGradient> Dora { get; } = _recipe.Add(new Setting<DoraGradient>(
        "dora", DoraGradient.Peft, Ranges.OneOf(("peft", DoraGradient.Peft), ("exact", DoraGradient.Exact)), "The gradient of a DoRA adapter: as PEFT has it, the norm of the weights held constant, which is no derivative, or the derivative"));

    internal static Setting<double> LabelSmoothing { get; } = _recipe.Add(new Setting<double>(
        "label-smoothing", 0, Ranges.Decay, "The part of a target that training spreads over all classes alike") { Counts = By(o => Text(o.Network.LabelSmoothing)) });

    internal static Setting<string> Optimizer { get; } = _recipe.Add(new Setting<string>(
        "optimizer", InnapropOptions.Entry.Name, Ranges.Text("an optimizer's name", "NAME"), "Optimizer (see nonsmooth optimizers)") { Example = "adamw", Counts = By(o => o.OptimizerName) });

    internal static Setting<double?> Rate { get; } = _recipe.Add(new Setting<double?>("rate", null, Ranges.NonNegative.OrUnset(), "Learning rate, the highest of a schedule")
        { Unset = "the optimizer's own", Counts = By(o => o.Schedule is null || (o.IsShaped && !ScheduleShape.HasOwnRates(o.Get(Schedule!))) ? Text(o.Rate) : null) });

    internal static Setting<string> Schedule { get; } = _recipe.Add(new Setting<string>(
        "schedule",
        ScheduleShape.Constant,
        ScheduleShape.Range,
        $"How the rate moves: {ScheduleShape.Help}; FINAL is a share of the rate, EVERY, DECAY, FIRST and AT are steps or, below 1, a share of the run")
        { Example = "cosine:0.1", Counts = By(o => o.IsShaped ? o.Get(Schedule!) : o.Schedule is { } own ? ScheduleText.Write(own) : ScheduleShape.Constant) });

    internal static Setting<int> Warmup { get; } = _recipe.Add(new Setting<int>("warmup", 0, Ranges.From(0), "Steps in which the rate rises from 0")
        { Counts = By(o => !o.IsShaped ? null : Text(o.Get(Warmup!) == 1 && o.Get(Schedule) == ScheduleShape.Constant ? 0 : o.Get(Warmup!))) });

    internal static Setting<int> Batch { get; } = _recipe.Add(new Setting<int>("batch", 128, Ranges.From(1), "Examples in a batch")
        { Counts = By(o => Text(Math.Min(o.BatchSize, o.Dataset.Train.Count))) });

    internal static Setting<int> Accumulate { get; } = _recipe.Add(new Setting<int>(
        "accumulate", 1, Ranges.From(1), "Batches in a step, which takes the mean of their gradients"));

    internal static Setting<int?> Shards { get; } = _recipe.Add(new Setting<int?>(
        "shards", null, Ranges.From(1).Where(n => int.IsPow2(n), "a power of two, as 8").OrUnset(), "Equal parts of a batch, each normalised by itself, that any power of two of ranks up to it share with the same bits")
        { Unset = "8 over several ranks, 1 on one, or as the run that goes on", Example = "4", Counts = By(o => o.Shards is { } shards and > 1 ? Text(shards) : null) });

    internal static Setting<double?> Clip { get; } = _recipe.Add(new Setting<double?>(
        "clip", null, Ranges.Positive.OrUnset(), "Shorten gradients, all of them together, to this norm") { Unset = "as long as they are", Example = "0.001" });

    internal static Setting<LossScale?> Scale { get; } = _recipe.Add(new Setting<LossScale?>(
        "loss-scale", null, LossScale.Range.OrNull(), $"What the gradient is multiplied by while it is computed: {LossScale.Help}")
        { Unset = "dynamic in f16, else none", Example = "3", Counts = By(o => o.Scale.IsNone ? null : o.Scale.ToString()) });

    internal static Setting<int> Epochs { get; } = _recipe.Add(new Setting<int>("epochs", 5, Ranges.From(0), "Passes over the training half")
        { Counts = By(o => o.IsShaped && ScheduleShape.DependsOnLength(o.Get(Schedule)) ? Text(o.Epochs) : null) });

    internal static Setting<EarlyStop?> Stop { get; } = _recipe.Add(new Setting<EarlyStop?>(
        "early-stop", null, EarlyStop.Range.OrNull(), "End after so many epochs without a better test accuracy, or with loss:N test loss")
        { Unset = "never", Example = "3", Counts = _ => null });

    internal static Setting<ulong> Seed { get; } = _recipe.Add(new Setting<ulong>("seed", 0, Ranges.Seed, "Seed of everything random"));

    internal static Setting<Precision> Precision { get; } = _recipe.Add(new Setting<Precision>(
        "precision", LibTorch.Execution.Precision.Float32, Ranges.OneOf([.. Precisions.All.Select(p => (p.Name(), p))]), "Format of the arithmetic"));

    internal static Setting<Device> Device { get; } = _recipe.Add(new Setting<Device>(
        "device", LibTorch.Device.Cpu, LibTorch.Device.Values, "Where loss and gradient are computed: cpu, cuda or cuda:1") { Example = "cuda" });

    internal static Setting<int> Threads { get; } = _recipe.Add(new Setting<int>("threads", 0, Ranges.From(0), "Threads; 0 for libtorch's own choice")
        { Counts = _ => null });

    /// <summary>A promise about the whole run, so it counts wherever it is given.</summary>
    internal static Setting<bool> SameBits { get; } = _recipe.Add(new Setting<bool>(
        "same-bits", false, Ranges.Switch, "The same bits for any number of threads: libtorch takes one, the library's own kernels all")
        { Counts = By(o => o.SameBits ? "true" : null) });

    internal static Setting<long?> MemoryBudget { get; } = _run.Add(new Setting<long?>(
        "checkpoint", null, ByteSize.Range.OrUnset(), "Keep loss and gradient within this much memory by computing parts of the forward pass again, with the same bits")
        { Unset = "everything is kept", Example = "1GiB", Counts = _ => null });

    internal static Setting<long?> MachineMemory { get; } = _run.Add(new Setting<long?>(
        "machine-memory", null, ByteSize.Range.OrUnset(), "Of a model file: the memory that there is; a step that is foreseen to hold more is refused")
        { Unset = "what the machine has", Example = "64GiB", Counts = _ => null });

    internal static Setting<string?> Out { get; } = _run.Add(new Setting<string?>("out", null, Ranges.Text("a folder", "DIR").OrNull(), "Folder for checkpoints and metrics")
        { Unset = "none is written", Counts = _ => null });

    internal static Setting<bool> Resume { get; } = _run.Add(new Setting<bool>("resume", false, Ranges.Switch, "Go on with the run in the --out folder, if there is one") { Counts = _ => null });

    internal static Setting<int> CheckpointEvery { get; } = _run.Add(new Setting<int>(
        "checkpoint-every", 0, Ranges.From(0), "Steps between checkpoints; 0 for one after each epoch") { Counts = _ => null });

    internal static Setting<int> DataWorkers { get; } = _run.Add(new Setting<int>(
        "data-workers", 1, Ranges.From(1), "Threads that prepare the next batch while one is trained on") { Counts = _ => null });

    internal static Setting<BorderRule> AtBorders { get; } = _run.Add(new Setting<BorderRule>(
        "at-borders", BorderRule.Warn, Ranges.OneOf(("ignore", BorderRule.Ignore), ("warn", BorderRule.Warn), ("stop", BorderRule.Stop)),
        "Where gradients go through weakly active constraints of a solution layer: say nothing, say so once with the count, or end before that step") { Counts = _ => null });

    internal static Setting<int> Telemetry { get; } = _run.Add(new Setting<int>(
        "telemetry", 0, Ranges.From(0), "Steps between counts of ties, written to telemetry.csv in the --out folder; 0 for none") { Counts = _ => null });

    internal static Setting<bool> ShardStates { get; } = _run.Add(new Setting<bool>(
        "shard-states", false, Ranges.Switch, "Over several ranks: each keeps the optimizer's states of a part of the parameters, with the same bits") { Counts = _ => null });

    internal static Setting<bool> TensorBoard { get; } = _run.Add(new Setting<bool>(
        "tensorboard", false, Ranges.Switch, "Also write loss, accuracy and tie counts to an event file for TensorBoard in the --out folder") { Counts = _ => null });

    private const int UsualImageSize = 224;
    internal const string AsData = "data";
    internal const string Nothing = "none";

    private static Setting<long?> Limit(string key, string about, long usual) =>
        new(key, null, ByteSize.Range.OrUnset(), about) { Unset = ByteSize.Range.Print(usual), Example = "4GiB", Counts = _ => null };

    private static Func<Configuration, string?> By(Func<TrainingOptions, string?> counts) => c => c is TrainingOptions options ? counts(options) : null;

    private static Augmentation Drawn(TrainingOptions options) => options.Dataset.Train is AugmentedSplit split ? split.Augmentation : Augmentation.None;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
