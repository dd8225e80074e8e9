// A network and its gradient as ONNX files, read back and held against the programs they came from.
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

var network = Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(2, 3), new Shape(3, 4));
var gradient = network.Backprop("w", Selection.Default with { ReluAtZero = 0.5 });
double[] x = [1, 2, 0.5, 2, -1, 0];
double[] w = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2];
foreach (var (name, program) in (ReadOnlySpan<(string, Nonsmooth.Programs.Program)>)[("network", network), ("gradient", gradient)])
{
    string file = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}.onnx");
    OnnxFile.Write(OnnxExport.Export(program, new OnnxExportOptions { InDouble = true }), file);
    OnnxProgram imported = OnnxImport.Import(OnnxFile.Read(file));
    File.Delete(file);

    var expected = Interpreter.Run<Float64>(program, x, w);
    var actual = Interpreter.Run<Float64>(imported.Program, x, w);
    for (int i = 0; i < expected.Count; i++)
    {
        if (!((Tensor<double>)expected[i]).Elements.SequenceEqual(((Tensor<double>)actual[i]).Elements))
        {
            Console.Error.WriteLine($"{name}: output {i} differs");
            return 1;
        }
    }

    Console.WriteLine($"{name}: {imported.Program.Nodes.Count} nodes, {expected.Count} outputs with the same bits");
}

return 0;
