using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Tests.Adapters;

/// <summary>A language model's folder, with an adapter or without, run on tokens by the interpreter in 64 bits.</summary>
internal sealed class AdapterRun
{
    private readonly Program _program;
    private readonly Dictionary<string, Array> _inputs;

    public AdapterRun(string folder, Adapter? adapter, Tensor<long> tokens, Tensor<long>? labels = null, AdapterOptions? options = null)
    {
        Change = adapter is null ? null : new AdapterChange(adapter, options);
        Imported = HuggingFaceFolder.Open(folder).Import(new Dictionary<string, IReadOnlyList<int>> { ["input_ids"] = [.. tokens.Shape] }, Change);
        _program = WithLoss(Imported.Program);
        _inputs = Imported.Weights.ToDictionary(w => w.Name, w => (Array)Array.ConvertAll(w.Elements, x => (double)x), StringComparer.Ordinal);
        (_inputs["input_ids"], _inputs["labels"]) = (tokens.Elements, (labels ?? tokens).Elements);
    }

    public AdapterChange? Change { get; }

    public FolderProgram Imported { get; }

    /// <summary>The trained weights' names.</summary>
    public string[] Trained => [.. Imported.Weights.Where(w => w.Role == InputRole.Parameter).Select(w => w.Name)];

    /// <summary>A weight's numbers; writing changes what is run.</summary>
    public double[] this[string weight] => (double[])_inputs[weight];

    public double[] Logits() => Run(_program)["logits"];

    public double Loss() => Run(_program)["lm_loss"][0];

    public Dictionary<string, double[]> Gradients()
    {
        var gradient = _program.Backprop(new BackpropOptions { Of = ["lm_loss"], WithRespectTo = Trained });
        var results = Run(gradient);
        return Trained.ToDictionary(w => w, w => results[gradient.Gradient(w).Name], StringComparer.Ordinal);
    }

    private Dictionary<string, double[]> Run(Program program) => program.Outputs
        .Zip(Interpreter.Run<Float64>(program, [.. program.Inputs.Select(i => _inputs[i.Name])]))
        .ToDictionary(o => o.First.Name, o => ((Tensor<double>)o.Second).Elements, StringComparer.Ordinal);

    private static Program WithLoss(Program program)
    {
        var builder = new ProgramBuilder();
        var inputs = program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role)).ToArray();
        var logits = builder.Inline(program, inputs)[0];
        return builder.Build([("logits", logits), ("lm_loss", CausalLoss.Of(logits, builder.Input("labels", TensorType.Index(logits.Shape[..2]))))]);
    }
}
