using System.Text.Json;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Files;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What kernels take on this machine: the times of programs follow without running them.</summary>
/// <param name="Version">The format of the file.</param>
/// <param name="Identity">The machine it holds for.</param>
/// <param name="CalibrationSeconds">How long the calibration took.</param>
/// <param name="Rounds">How often each kernel was timed; the shortest time was taken.</param>
/// <param name="SecondsPerStreamedByte">Of an optimizer's pass over gradients, state and parameters, in one thread.</param>
/// <param name="Kernels">The kinds of kernels by name; <c>any</c> stands in for kinds that were not calibrated.</param>
/// <remarks>Times are of single precision on the CPU, with the memory of released tensors kept. Source: complexity specification, 7.6.</remarks>
public sealed record MachineModel(
    int Version, MachineIdentity Identity, double CalibrationSeconds, int Rounds, double SecondsPerStreamedByte, IReadOnlyDictionary<string, KernelModel> Kernels)
{
    private const long LongestFile = 1 << 24;
    internal const int Format = 2;

    /// <summary>What the other executors take; null where that was not measured.</summary>
    public ExecutorModel? Executors { get; init; }

    /// <summary>Seconds of making libtorch's plan, however small the program.</summary>
    public double SecondsPerPlan { get; init; }

    /// <summary>Seconds a node of making libtorch's plan.</summary>
    public double SecondsPerPlannedNode { get; init; }

    /// <summary>Measures this machine, which takes less than 10 seconds, and keeps the result where the options say.</summary>
    /// <exception cref="NonsmoothException">The file cannot be written.</exception>
    public static MachineModel Calibrate(CalibrationOptions? options = null)
    {
        options ??= new CalibrationOptions();
        var model = Calibration.Run(options);
        if (options.File is { } file)
        {
            model.Save(file);
        }

        return model;
    }

    /// <summary>The kept model if it is this machine's, else a new calibration.</summary>
    public static MachineModel LoadOrCalibrate(CalibrationOptions? options = null)
    {
        options ??= new CalibrationOptions();
        return (options.File is { } file ? Load(file, MachineIdentity.Current()) : null) ?? Calibrate(options);
    }

    /// <summary>Reads a model; null if there is none, it is not readable as one, or it is another machine's.</summary>
    public static MachineModel? Load(string file, MachineIdentity identity)
    {
        if (FileStamp.Of(file) is not { Kind: FileKind.File, Length: <= LongestFile })
        {
            return null;
        }

        try
        {
            var model = JsonSerializer.Deserialize(File.ReadAllBytes(file), MachineModelJson.Default.MachineModel);
            return model is not null && model.Version == Format && model.Identity == identity ? model : null;
        }
        catch (JsonException)
        {
            // A cache that was cut short is made anew.
            return null;
        }
    }

    /// <summary>Writes the model, whole or not at all.</summary>
    /// <exception cref="NonsmoothException">The file cannot be written.</exception>
    public void Save(string file)
    {
        try
        {
            string full = Path.GetFullPath(file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            string temporary = $"{full}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, MachineModelJson.Default.MachineModel));
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"the machine model cannot be written to '{file}': {e.Message} Choose another file", e);
        }
    }

    /// <summary>The times of a program's nodes, in the order in which the executor runs them.</summary>
    /// <param name="program">The program; it is planned as the executor does, and not run.</param>
    public IReadOnlyList<NodePrediction> Predict(Program program)
    {
        using var compiled = new LibTorchExecutor().Compile(program);
        return Predict(compiled);
    }

    /// <summary>When each gradient is ready, in the order in which the executor runs the nodes.</summary>
    /// <param name="gradient">The gradient of one shard; it is planned as the executor does, and not run.</param>
    /// <param name="optimizerBytes">Bytes that the optimizer moves for each number of the gradient.</param>
    public GradientTimeline Timeline(GradientProgram gradient, int optimizerBytes = Prediction.UsualOptimizerBytes)
    {
        using var compiled = new LibTorchExecutor().Compile(gradient);
        var program = compiled.Program;
        double time = 0;
        double[] ready = new double[program.Types.Count];
        foreach (var (node, predicted) in program.Nodes.Zip(Predict(compiled)))
        {
            time += predicted.Seconds;
            foreach (int result in node.Results)
            {
                ready[result] = time;
            }
        }

        var gradients = gradient.WithRespectTo.Select(name => new ReadyGradient(name, ready[program.Output(gradient.Gradient(name).Name).Value], gradient.InputType(name).Shape.Count64 * sizeof(float)));
        return new GradientTimeline(time, gradient.GradientElements * (double)optimizerBytes * SecondsPerStreamedByte, [.. gradients]);
    }

    private IReadOnlyList<NodePrediction> Predict(CompiledProgram compiled)
    {
        var samples = KernelSamples.Of(compiled.Program, compiled.HostNodes);
        return [.. compiled.Program.Nodes.Select((node, n) => Predict(node, samples[n]))];
    }

    private NodePrediction Predict(Node node, KernelSample sample)
    {
        foreach (string kind in sample.Kinds)
        {
            if (Kernels.TryGetValue(kind, out var kernel))
            {
                return new NodePrediction(node.Name, node.Function.Name, kind, node.Role == NodeRole.Vjp, kernel.Seconds(sample), kernel.Fixed)
                {
                    Lineage = [.. node.Lineage()],
                };
            }
        }

        throw new NonsmoothException($"the machine model has no times for {node.Name}, a {sample.Kinds[0]}: calibrate again");
    }
}
