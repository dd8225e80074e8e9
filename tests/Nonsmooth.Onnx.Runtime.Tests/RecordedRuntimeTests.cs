using Microsoft.ML.OnnxRuntime;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Onnx.Tests;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>Networks as PyTorch's exporters write them, by libtorch in single precision against ONNX Runtime.</summary>
[Trait("Speed", "Slow")]
public sealed class RecordedRuntimeTests(ITestOutputHelper output)
{
    // PyTorch agrees with us on the first: ONNX Runtime lets the last window of a three-dimensional pool in ceiling mode begin beyond the input.
    private static readonly (string Model, string Output)[] _theirs = [("misc_op18", "max_pool3d")];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void OutputsAreThoseOfOnnxRuntime(string folder, string recording)
    {
        string name = recording.Split('.')[0];
        string path = Path.Combine(RealFiles.Folder(folder), $"{name}.onnx");
        var all = NpzFile.Read(Path.Combine(RealFiles.Folder(folder), recording));
        var arrays = all.Where(a => a.Key.StartsWith("in.", StringComparison.Ordinal)).ToDictionary(a => a.Key[3..], a => a.Value);
        var known = name.StartsWith("while", StringComparison.Ordinal) ? new Dictionary<string, Tensor> { ["n"] = arrays["n"] } : [];
        var imported = OnnxImport.Import(OnnxFile.Read(path), new OnnxImportOptions
        {
            Values = known,
            Shapes = arrays.Where(a => !known.ContainsKey(a.Key)).ToDictionary(a => a.Key, a => (IReadOnlyList<int>)[.. a.Value.Shape]),
        });
        var inputs = arrays.ToDictionary(a => a.Key, a => new Values(Elements(a.Value), a.Value.Shape));
        foreach (var weight in imported.Weights)
        {
            inputs.Add(weight.Name, new Values(weight.Elements, weight.Initializer.Shape));
        }

        using var runtime = new RuntimeSide(path);
        if (name == "hf_llama_op23_dyn")
        {
            // ONNX's RotaryEmbedding takes caches of one position for all batches; ONNX Runtime asks for as many as x has.
            Assert.Contains("cos_cache", Assert.Throws<OnnxRuntimeException>(() => runtime.Run(inputs)).Message, StringComparison.Ordinal);
            return;
        }

        var theirs = runtime.Run(inputs);
        var ours = TorchSide.Run(imported.Program, inputs, Precision.Float32);

        // What is stored in 16 bits is computed in 16 there, and in 32 here.
        double unit = name.Contains("f16", StringComparison.Ordinal) ? 2e-3 : name.StartsWith("qdq8", StringComparison.Ordinal) ? 1e-3 : 1e-5;
        double most = unit * Math.Sqrt(RealModelTests.Depth(imported.Program));
        foreach (var result in imported.Outputs)
        {
            double apart = Values.Apart(ours[result.Name], theirs[result.Name]);
            output.WriteLine($"{recording} {result.Name}: {apart:G3}");
            if (_theirs.Contains((name, result.Name)))
            {
                double recorded = Values.Apart(ours[result.Name], new Values(Elements(all[$"y{imported.Outputs.ToList().IndexOf(result)}"]), result.Type.Shape).Numbers);
                output.WriteLine($"  {recorded:G3} from the recording");
                Assert.True(recorded <= most, $"{result.Name} is {recorded:G3} from PyTorch's");
            }

            Assert.True(apart <= most != _theirs.Contains((name, result.Name)), $"{result.Name} is {apart:G3} apart, and {most:G3} is allowed");
        }
    }

    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string folder in (string[])["onnx", Path.Combine("models", "onnx")])
            {
                string place = RealFiles.FolderOrEmpty(folder);
                foreach (string file in Directory.Exists(place) ? Directory.GetFiles(place, "*.npz").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
                {
                    data.Add(folder, Path.GetFileName(file));
                }
            }

            return data;
        }
    }

    private static Array Elements(Tensor tensor) => tensor switch
    {
        Tensor<double> t => t.Elements,
        Tensor<long> t => t.Elements,
        _ => ((Tensor<bool>)tensor).Elements,
    };
}
