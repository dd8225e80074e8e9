using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Tests.Export;

/// <summary>Programs written as models and read again: the same values, and the same kinks.</summary>
public sealed class OnnxExportTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryFunctionIsWrittenOrNamed()
    {
        var (equal, refused, wrong) = (0, new List<string>(), new List<string>());
        foreach (var row in StandardDictionary.Rows)
        {
            var program = Of(row.Function, [.. row.Arguments.Select(a => a.Type)]);
            OnnxModel model;
            try
            {
                model = OnnxExport.Export(program, new OnnxExportOptions { InDouble = true, Opset = 17 });
            }
            catch (NonsmoothException e) when (e.Message.Contains("of ONNX", StringComparison.Ordinal) || e.Message.Contains("ONNX has no", StringComparison.Ordinal))
            {
                refused.Add($"{row}");
                continue;
            }

            try
            {
                var imported = OnnxImport.Import(OnnxFile.Parse(OnnxFile.ToBytes(model)));
                Array[] point = Draw(row);
                var expected = Interpreter.Run<Float64>(program, point);
                var actual = Interpreter.Run<Float64>(imported.Program, point);
                if (expected.Zip(actual).Any(p => !Same(p.First, p.Second)))
                {
                    wrong.Add($"{row}");
                }

                equal++;
            }
            catch (NonsmoothException e)
            {
                wrong.Add($"{row}: {e.Message}");
            }
        }

        output.WriteLine($"{equal} equal, {refused.Count} without operators: {string.Join(", ", refused)}");
        Assert.Empty(wrong);
        Assert.True(equal >= 185, $"only {equal} are equal");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(22)]
    public void OtherVersionsAreRefused(int opset) =>
        Assert.Contains("from 13 to 21", Assert.Throws<NonsmoothException>(() => OnnxExport.Export(Network(), new OnnxExportOptions { Opset = opset })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(20)]
    [InlineData(21)]
    public void ANetworkAndItsGradientAreReadAsTheyWere(int opset)
    {
        var network = Network();
        Program gradient = network.Backprop(new BackpropOptions { Of = ["loss"] });
        if (opset < 16)
        {
            // The derivative of a pool adds at places, which ScatterElements does from 16 on.
            Assert.Contains("before opset 16", Assert.Throws<NonsmoothException>(() => OnnxExport.Export(gradient, new OnnxExportOptions { Opset = opset })).Message, StringComparison.Ordinal);
        }

        foreach (var program in opset < 16 ? new[] { network } : [network, gradient])
        {
            Array[] point = [.. program.Inputs.Select((i, k) => Numbers(program.Types[i.Value].Shape, (ulong)k, -1, 1))];
            var weights = program.Inputs.Zip(point).Where(p => p.First.Role == InputRole.Parameter)
                .ToDictionary(p => p.First.Name, p => (Tensor)new Tensor<double>(program.Types[p.First.Value].Shape, (double[])p.Second));
            var model = OnnxExport.Export(program, new OnnxExportOptions { InDouble = true, Opset = opset, Weights = weights });
            var imported = OnnxImport.Import(OnnxFile.Parse(OnnxFile.ToBytes(model)));
            Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), imported.Weights.Select(w => w.Name).Order(StringComparer.Ordinal));
            Array[] again = [.. imported.Program.Inputs.Select(i => point[program.Inputs.ToList().FindIndex(p => p.Name == i.Name)])];
            Assert.All(Interpreter.Run<Float64>(program, point).Zip(Interpreter.Run<Float64>(imported.Program, again)), p => Assert.True(Same(p.First, p.Second)));
        }
    }

    [Fact]
    public void KinksKeepTheirNames()
    {
        var program = Program.Trace(x => Functions.Relu6(Functions.Hardtanh(Functions.Clamp(x, -1, 1))), new Shape(3));
        var imported = OnnxImport.Import(OnnxExport.Export(program));
        Assert.Equal(["clamp", "hardtanh", "relu6"], imported.Program.Nodes.Select(n => n.Function.Name));
        Assert.DoesNotContain(imported.Notes, n => n.Kind == OnnxNoteKind.Clip);
    }

    private static Program Network() => Program.Trace(
        [("x", new Shape(2, 2, 6, 6), InputRole.Data), ("w", new Shape(3, 2, 3, 3), InputRole.Parameter), ("b", new Shape(3), InputRole.Parameter), ("v", new Shape(4, 27), InputRole.Parameter)],
        v =>
        {
            var h = Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1], v[2], padding: 1)), 2);
            var logits = Functions.Linear(Functions.Gelu(h.Flatten()), v[3]);
            return [("logits", logits), ("loss", Functions.Square(logits).Mean())];
        });

    private static Program Of(ElementaryFunction function, TensorType[] arguments)
    {
        var builder = new ProgramBuilder();
        var inputs = arguments.Select((type, i) => builder.Input($"a{i}", type)).ToArray();
        return builder.Build(builder.ApplyAll(function, inputs).Select((r, i) => ($"r{i}", r)));
    }

    private static Array[] Draw(DictionaryRow row)
    {
        var arrays = new List<Array>();
        foreach (var (argument, i) in row.Arguments.Select((a, i) => (a, i)))
        {
            if (argument.Function is { } maker)
            {
                var inner = Of(maker, [.. row.Arguments.Take(i).Select(a => a.Type)]);
                arrays.Add(Elements(Interpreter.Run<Float64>(inner, arrays)[argument.Result]));
                continue;
            }

            double[] numbers = Numbers(argument.Type.Shape, (ulong)i, argument.Low, argument.High);
            arrays.Add(argument.Type.Kind switch
            {
                ElementKind.Real => numbers,
                ElementKind.Index => Array.ConvertAll(numbers, x => (long)Math.Floor(x)),
                _ => Array.ConvertAll(numbers, x => x >= 1),
            });
        }

        return [.. arrays];
    }

    private static Array Elements(Tensor tensor) => Backend.BackendRun.Elements(tensor);

    private static double[] Numbers(Shape shape, ulong stream, double low, double high)
    {
        var random = new CounterRandom(5).Derive(stream).Sequence();
        var numbers = new double[shape.Elements];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = low + ((high - low) * random.NextDouble());
        }

        return numbers;
    }

    private static bool Same(Tensor expected, Tensor actual) => expected.Shape.Equals(actual.Shape) && (expected, actual) switch
    {
        (Tensor<double> e, Tensor<double> a) => e.Elements.Zip(a.Elements).All(p => p.First.Equals(p.Second) || Math.Abs(p.First - p.Second) <= 1e-6 * (1 + Math.Abs(p.First))),
        (Tensor<long> e, Tensor<long> a) => e.Elements.SequenceEqual(a.Elements),
        (Tensor<bool> e, Tensor<bool> a) => e.Elements.SequenceEqual(a.Elements),
        _ => false,
    };
}
