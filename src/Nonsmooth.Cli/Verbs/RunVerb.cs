using System.CommandLine;
using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Running;
using Nonsmooth.Cli.Training;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Settings;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Runs a model on arrays: outputs, a loss, its gradient in every weight.</summary>
internal sealed class RunVerb : Verb
{
    private readonly Argument<string> _model = Parameters.Model();
    private readonly Option<string?> _inputs = new("--inputs") { Description = "The arrays: a .npz or .npy file, or safetensors; an input's array is called as it, or in.NAME", HelpName = "FILE.npz" };
    private readonly Option<string?> _out = new("--out") { Description = "Write outputs, loss and grad.NAME of every weight there", HelpName = "FILE.npz" };
    private readonly Option<string?> _loss = new Option<string?>("--loss")
    {
        Description = $"What is measured: {string.Join(", ", ValueLoss.All.Select(l => l.Name))} [default: {ValueLoss.SumSquares.Name}, of all outputs; others are of the first]",
        HelpName = "NAME",
    }.Completed(() => ValueLoss.All.Select(l => l.Name));

    private readonly Option<string> _target = new("--target") { Description = "The array that a loss compares with", HelpName = "NAME", DefaultValueFactory = _ => "target" };
    private readonly Option<bool> _gradient = new("--gradient") { Description = "Compute the loss's gradient in every trainable weight" };
    private readonly Option<string> _precision = new Option<string>("--precision") { Description = $"The arithmetic: {string.Join(", ", Formats.Names)}", HelpName = "NAME", DefaultValueFactory = _ => Precision.Float64.Name() }.Completed(() => Formats.Names);
    private readonly Option<long?> _memory = Parameters.Of("--machine-memory", ByteSize.Range.OrUnset(), null, "The memory that there is; a run that is foreseen to hold more is refused [default: what the machine has]");
    private readonly ModelOptions _options = new();

    public RunVerb()
        : base(
            "run",
            "Run a model on arrays: its outputs, a loss, the gradient in every weight",
            "nonsmooth run model.onnx --inputs in.npz --out out.npz --gradient",
            "nonsmooth run model.onnx --inputs in.npz --loss cross-entropy --target labels --gradient --profile jax --json",
            "nonsmooth run lenet5 --inputs images.npz --weights runs/lenet/best.safetensors")
    {
        Arguments.Add(_model);
        foreach (Option option in (Option[])[_inputs, _out, _loss, _target, _gradient, _precision, _memory, .. _options.All])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        session.CheckFolder(parsed.GetValue(_out));
        string name = Request.Model(parsed.GetRequiredValue(_model), session.Context);
        var precision = Formats.Find("--precision", parsed.GetRequiredValue(_precision));
        var loss = UsageException.Read(() => ValueLoss.Find(parsed.GetValue(_loss) ?? ValueLoss.SumSquares.Name));
        Idle.Check(parsed, loss.NeedsTarget, $"the loss {loss.Name} compares with nothing", _target);
        Idle.Check(parsed, loss != ValueLoss.Own, "the loss own reads the array labels", _target);
        var binding = _options.Binding(parsed, session.Context, name, ArrayFile.Read(parsed.GetValue(_inputs), session.Context));
        _options.Asked(parsed);
        var model = NetworkBinding.Bind(name, binding);
        var profile = _options.Convention(parsed, model);
        var run = ModelRun.Of(model, binding, new ModelRunOptions
        {
            Loss = loss, Target = parsed.GetRequiredValue(_target), Gradient = parsed.GetValue(_gradient), Precision = precision, Selection = profile.Selection, MachineMemory = parsed.GetValue(_memory),
        });
        if (parsed.GetValue(_out) is { } file)
        {
            Numpy.Write(Path.GetFullPath(file, session.Context.Folder), RunDocument.Arrays(run));
            session.Note($"wrote {file}");
        }

        session.Print(RunDocument.Of(model, run, loss, precision, profile));
        return ExitCode.Done;
    }
}
