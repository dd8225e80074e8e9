#:project ../src/Nonsmooth.Training/Nonsmooth.Training.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;
using Nonsmooth.Training.Studies;
using OneSlope;

// dotnet run samples/one-slope.cs                             an audit on drawn digits, no file needed
// dotnet run samples/one-slope.cs -- attack.onnx ~/data       the same on MNIST in ~/data/mnist; the model goes to attack.onnx
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var model = new AttackStep();
var digits = args.Length > 1
    ? Datasets.Load("mnist-pixels", new DatasetOptions { Locations = new DataLocations { Option = args[1] } }).Test
    : RawPixels.Of(Datasets.Load("strokes", new DatasetOptions { TrainCount = 1, TestCount = 640 }).Test);

// Which nodes decide, before anything is trained: the same gradient under the conventions of two releases.
using var subject = new NetworkSubject(model, digits, new NetworkSubjectOptions { Batch = 64 });
var (before, after) = (Profile.LibTorch, Profile.LibTorchNext);
var choice = new AuditChoice("2.13 → 2.14", "whose conventions hold at kinks", $"those of {before.StandsFor}, or of {after.StandsFor}", before.Selection, after.Selection);
var found = Audit.Run(subject, new AuditOptions { Precisions = [Precision.Float32], Choices = [choice], Draws = 1, Batches = 10 }).Choices[0];
var volume = found.Formats[0].Zones.Volume;
Console.WriteLine($"batches whose gradient depends on the release: {volume.Bifurcation} of {volume.Pairs}");
Console.WriteLine($"because of: {string.Join(", ", found.Formats[0].Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node))}");
foreach (var profile in (Profile[])[before, after])
{
    var ties = TieCensus.Run(subject, new TieOptions { Selection = profile.Selection, Batches = 10, NearUlps = 0 });
    var clamp = ties.Sites.Single(s => s.Site == "attack.clamp");
    Console.WriteLine($"{profile.Name}: {100 * clamp.TiedPart:F1} % of the elements of {clamp.Site} are exactly on a bound");
}

if (args.Length > 0)
{
    // The weights become initializers, x stays an input; nonsmooth audit reads the file.
    var program = model.Build(batch: 1);
    using var parameters = new ParameterSet(program.Parameters, seed: 0);
    var weights = program.Parameters.Select((p, i) => (p.Name, Value: (Tensor)Tensor.Of(p.Shape, parameters.Values(i).ToArray())));
    OnnxFile.Write(OnnxExport.Export(program.Logits, new OnnxExportOptions { Weights = weights.ToDictionary(w => w.Name, w => w.Value) }), args[0]);
    Console.WriteLine($"wrote {args[0]}");
}

namespace OneSlope
{
    /// <summary>A network of clamp(x + d, 0, 1), where d is what an attack moves: a parameter that starts at 0.</summary>
    public sealed record AttackStep : Model
    {
        /// <summary>Makes it.</summary>
        public AttackStep()
            : base("attack-step")
        {
            Examples = FieldList.Images(new ImageShape(1, 28, 28), 10);
            Data = Datasets.Find("mnist-pixels");
            Loss = Losses.CrossEntropy("target");
            Metrics = [Nonsmooth.Training.Objectives.Metrics.Accuracy("target")];
            Forward = (m, e) =>
            {
                var x = m.Within("attack", () => Functions.Clamp(e["x"] + m.Parameter("d", new Shape(1, 1, 28, 28), Initializer.Zero), 0, 1));
                x = Functions.Relu(m.Within("conv1", () => m.Conv2d(x, 8, kernel: 5, stride: 2)));
                x = Functions.Relu(m.Within("conv2", () => m.Conv2d(x, 16, kernel: 3, stride: 2))).Flatten(1);
                return new NamedVariables("output", [("logits", m.Linear("fc2", 10, Functions.Relu(m.Linear("fc1", 64, x))))]);
            };
        }
    }
}
