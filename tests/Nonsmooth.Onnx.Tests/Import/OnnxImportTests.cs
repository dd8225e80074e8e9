using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Import;

/// <summary>What the importer makes of small models, and what it says of those it cannot import.</summary>
public sealed class OnnxImportTests
{
    [Fact]
    public void WeightsAreInputsWithTheRoleTheirUseSays()
    {
        var imported = OnnxImport.Import(Small.Of(
            [Small.Node("BatchNormalization", ["x", "scale", "bias", "mean", "var"], ["y"])], [], ["y"],
            [.. new[] { "scale", "bias", "mean", "var" }.Select(n => OnnxTensor.Of(n, Tensor.Of(new Shape(3), [1f, 2, 3])))]) is var m
            ? m with { Graph = m.Graph with { Inputs = [Small.Value("x", 2, 3, 4)] } } : m);
        Assert.Equal([("scale", InputRole.Parameter), ("bias", InputRole.Parameter), ("mean", InputRole.Buffer), ("var", InputRole.Buffer)], imported.Weights.Select(w => (w.Name, w.Role)));
        Assert.Equal(["x", "scale", "bias", "mean", "var"], imported.Program.Inputs.Select(i => i.Name));
        Assert.Contains(imported.Notes, n => n.Kind == OnnxNoteKind.FrozenBatchNorm);
    }

    [Fact]
    public void OneInitializerInTwoRolesIsTwoInputsAndANote()
    {
        var model = Small.Of([Small.Node("BatchNormalization", ["x", "w", "w", "w", "w"], ["y"])], [], ["y"], [OnnxTensor.Of("w", Tensor.Of(new Shape(3), [1f, 2, 3]))]);
        var imported = OnnxImport.Import(model with { Graph = model.Graph with { Inputs = [Small.Value("x", 2, 3, 4)] } });
        Assert.Equal([("w", InputRole.Parameter), ("w.buffer", InputRole.Buffer)], imported.Weights.Select(w => (w.Name, w.Role)));
        Assert.Contains(imported.Notes, n => n.Kind == OnnxNoteKind.SharedInitializer && n.Node == "w");
    }

    [Fact]
    public void AllUnsupportedNodesAreReportedAtOnce()
    {
        var model = Small.Of(
            [Small.Node("Unheard", ["x"], ["a"]), Small.Node("Relu", ["a"], ["b"]), Small.Node("RandomNormalLike", ["b"], ["c"]), Small.Node("NonZero", ["x"], ["d"])], ["x"], ["b", "c", "d"]);
        var error = Assert.Throws<OnnxUnsupportedException>(() => OnnxImport.Import(model));
        Assert.Equal(["NonZero-17", "RandomNormalLike-17", "Unheard-17"], error.Operators.Select(o => o.Operator).Order(StringComparer.Ordinal).Take(3));
        Assert.Contains("the_Unheard", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AnyValueCanBeAnOutput()
    {
        var model = Small.Of([Small.Node("Relu", ["x"], ["a"]), Small.Node("Unheard", ["a"], ["b"])], ["x"], ["b"]);
        var imported = OnnxImport.Import(model, new OnnxImportOptions { Outputs = ["a"] });
        Assert.Equal("a", Assert.Single(imported.Outputs).Name);
        Assert.Contains("did you mean 'a'", Assert.Throws<OnnxException>(() => OnnxImport.Import(model, new OnnxImportOptions { Outputs = ["A"] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClipForm.Clamp, 0, 6, "clamp")]
    [InlineData(ClipForm.Relu6, 0, 6, "relu6")]
    [InlineData(ClipForm.Hardtanh, -1, 1, "hardtanh")]
    [InlineData(ClipForm.Hardtanh, 0, 6, "clamp")]
    public void AClipIsWhatIsAskedForWhereItsBoundsFit(ClipForm form, float low, float high, string function)
    {
        var model = Small.Of([Small.Node("Clip", ["x"], ["y"], OnnxAttribute.Of("min", low), OnnxAttribute.Of("max", high))], ["x"], ["y"], opset: 6);
        var all = OnnxImport.Import(model, new OnnxImportOptions { ClipAs = form });
        Assert.Equal(function, Assert.Single(all.Program.Nodes).Function.Name);
        Assert.Contains(all.Notes, n => n.Kind == OnnxNoteKind.Clip);
        var one = OnnxImport.Import(model, new OnnxImportOptions { ClipNodes = new Dictionary<string, ClipForm> { ["the_Clip"] = form } });
        Assert.Equal(function, Assert.Single(one.Program.Nodes).Function.Name);
    }

    [Fact]
    public void NodesAreFoundByTheirNames()
    {
        var program = OnnxImport.Import(Small.Model()).Program;
        Assert.Contains(program.Nodes, n => n.Name.StartsWith("the_Relu.", StringComparison.Ordinal));
    }

    [Fact]
    public void OpenSizesAreAskedForAllAtOnce()
    {
        var model = Small.Of([Small.Node("Add", ["a", "b"], ["y"])], [], ["y"]);
        model = model with
        {
            Graph = model.Graph with
            {
                Inputs = [new("a", OnnxType.Tensor(OnnxDataType.Float, [new(null, "N"), new(3)])), new("b", OnnxType.Tensor(OnnxDataType.Float, null))],
            },
        };
        string message = Assert.Throws<OnnxException>(() => OnnxImport.Import(model)).Message;
        Assert.Contains("a=Nx3, b=?", message, StringComparison.Ordinal);
        var options = new OnnxImportOptions { Dimensions = new Dictionary<string, int> { ["N"] = 5 }, Shapes = new Dictionary<string, IReadOnlyList<int>> { ["b"] = [3] } };
        Assert.Equal(new Shape(5, 3), Assert.Single(OnnxImport.Import(model, options).Outputs).Type.Shape);
        Assert.Contains("the sizes that the file names are fixed", Assert.Throws<OnnxException>(() => OnnxImport.Import(model, options with { Shapes = new Dictionary<string, IReadOnlyList<int>> { ["a"] = [2, 4], ["b"] = [3] } })).Message, StringComparison.Ordinal);
        Assert.Contains("no input 'c'", Assert.Throws<OnnxException>(() => OnnxImport.Import(model, options with { Shapes = new Dictionary<string, IReadOnlyList<int>> { ["c"] = [2] } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACycleIsRefused()
    {
        var model = Small.Of([Small.Node("Add", ["x", "b"], ["a"]), Small.Node("Relu", ["a"], ["b"])], ["x"], ["b"]);
        Assert.Contains("cyclic", Assert.Throws<OnnxException>(() => OnnxImport.Import(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionThatCallsItselfIsRefused()
    {
        var call = new OnnxNode { Op = "F", Domain = "own", Inputs = ["a"], Outputs = ["b"] };
        var model = Small.Of([call with { Inputs = ["x"], Outputs = ["y"] }], ["x"], ["y"]) with
        {
            Functions = [new OnnxFunction { Name = "F", Domain = "own", Inputs = ["a"], Outputs = ["b"], Nodes = [call] }],
        };
        Assert.Contains("calls itself", Assert.Throws<OnnxException>(() => OnnxImport.Import(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttributesOfAFunctionAreItsCallers()
    {
        var model = Small.Of([new OnnxNode { Op = "F", Domain = "own", Inputs = ["x"], Outputs = ["y"], Attributes = [OnnxAttribute.Of("slope", 0.25f)] }], ["x"], ["y"]) with
        {
            Functions =
            [
                new OnnxFunction
                {
                    Name = "F", Domain = "own", Inputs = ["a"], Outputs = ["b"], Opsets = [new("", 16)],
                    Nodes = [new OnnxNode { Op = "LeakyRelu", Inputs = ["a"], Outputs = ["b"], Attributes = [new OnnxAttribute { Name = "alpha", Kind = OnnxAttributeKind.Float, Reference = "slope" }] }],
                },
            ],
        };
        Assert.Equal([-0.25, 2], Run(OnnxImport.Import(model), [-1.0, 2]));
    }

    [Fact]
    public void HugeConstantsAreRefused()
    {
        var shape = OnnxTensor.Of("s", Tensor.Of(new Shape(2), [1L << 20, 1L << 20]));
        var model = Small.Of([Small.Node("ConstantOfShape", ["s"], ["z"], OnnxAttribute.Of("value", OnnxTensor.Of("", Tensor.Of(new Shape(1), [1L]))))], ["x"], ["z"], [shape]);
        Assert.Contains("more than", Assert.Throws<OnnxException>(() => OnnxImport.Import(model)).Message, StringComparison.Ordinal);
        var endless = Small.Of([Small.Node("Range", ["a", "b", "c"], ["z"])], ["x"], ["z"], [.. new[] { ("a", 0L), ("b", 1L << 40), ("c", 1L) }.Select(v => OnnxTensor.Of(v.Item1, Tensor.Of(Shape.Scalar, [v.Item2])))]);
        Assert.Contains("more than", Assert.Throws<OnnxException>(() => OnnxImport.Import(endless)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyLargeConstantsAreRefused()
    {
        var shape = OnnxTensor.Of("s", Tensor.Of(new Shape(1), [1L << 16]));
        var one = OnnxAttribute.Of("value", OnnxTensor.Of("", Tensor.Of(new Shape(1), [1L])));
        var nodes = Enumerable.Range(0, 100).Select(i => Small.Node("ConstantOfShape", ["s"], [$"z{i}"], one)).ToArray();
        var model = Small.Of(nodes, ["x"], [.. nodes.Select(n => n.Outputs[0])], [shape]);
        var error = Assert.Throws<OnnxException>(() => OnnxImport.Import(model, new OnnxImportOptions { MostFolded = 1 << 17 }));
        Assert.Contains("brings the constants", error.Message, StringComparison.Ordinal);
        Assert.Equal(100, OnnxImport.Import(model).Outputs.Count);
    }

    [Theory]
    [InlineData("erf", "gelu")]
    [InlineData("silu", "silu")]
    [InlineData("hardswish", "hardswish")]
    public void ChainsOfNodesBecomeOneFunction(string chain, string function)
    {
        OnnxTensor Number(string name, float value) => OnnxTensor.Of(name, Tensor.Of(Shape.Scalar, [value]));
        OnnxTensor[] numbers = [Number("root", MathF.Sqrt(2)), Number("one", 1), Number("half", 0.5f), Number("three", 3), Number("zero", 0), Number("six", 6)];
        OnnxNode[] nodes = chain switch
        {
            "erf" => [Small.Node("Div", ["x", "root"], ["a"]), Small.Node("Erf", ["a"], ["b"]), Small.Node("Add", ["b", "one"], ["c"]), Small.Node("Mul", ["x", "c"], ["d"]), Small.Node("Mul", ["d", "half"], ["y"])],
            "silu" => [Small.Node("Sigmoid", ["x"], ["a"]), Small.Node("Mul", ["a", "x"], ["y"])],
            _ => [Small.Node("Add", ["x", "three"], ["a"]), Small.Node("Clip", ["a", "zero", "six"], ["b"]), Small.Node("Mul", ["x", "b"], ["c"]), Small.Node("Div", ["c", "six"], ["y"])],
        };
        var imported = OnnxImport.Import(Small.Of(nodes, ["x"], ["y"], numbers));
        Assert.Equal(function, Assert.Single(imported.Program.Nodes).Function.Name);
    }

    [Fact]
    public void AChoiceOnDataIsBothBranchesAndANote()
    {
        OnnxGraph Branch(string op) => new() { Name = op, Nodes = [Small.Node(op, ["x"], [$"of_{op}"])], Outputs = [new($"of_{op}", null)] };
        var model = Small.Of(
            [Small.Node("ReduceSum", ["x"], ["s"], OnnxAttribute.Of("keepdims", 0)), Small.Node("Greater", ["s", "zero"], ["c"]), Small.Node("If", ["c"], ["y"], OnnxAttribute.Of("then_branch", Branch("Relu")), OnnxAttribute.Of("else_branch", Branch("Neg")))],
            ["x"], ["y"], [OnnxTensor.Of("zero", Tensor.Of(Shape.Scalar, [0f]))]);
        var imported = OnnxImport.Import(model);
        Assert.Contains(imported.Notes, n => n.Kind == OnnxNoteKind.Branch && n.Node == "the_If");
        Assert.Equal([0, 3], Run(imported, [-1.0, 3]));
        Assert.Equal([3, -1], Run(imported, [-3.0, 1]));
    }

    [Fact]
    public void DamagedModelsAreRefusedInOneLine()
    {
        byte[][] wholes = [.. RealFiles.In(Path.Combine("models", "onnx")).Where(f => new FileInfo(f).Length < 20_000).Take(12).Select(File.ReadAllBytes), OnnxFile.ToBytes(Small.Model())];
        var shapes = new Dictionary<string, int> { ["N"] = 2, ["s77"] = 2, ["batch"] = 2 };
        void Import(byte[] bytes) => _ = OnnxImport.Import(OnnxFile.Parse(bytes), new OnnxImportOptions { Dimensions = shapes, MostFolded = 1 << 16, MostNodes = 5000 });
        byte[][] whole = [.. wholes.Where(w => Imports(w, Import))];
        Assert.NotEmpty(whole);
        var (read, refused) = Fuzz.Try(whole, Import, mostBytes: 256L << 20);
        Assert.True(refused > Fuzz.Trials / 4, $"{read} were read, {refused} refused");
    }

    private static bool Imports(byte[] bytes, Action<byte[]> import)
    {
        try
        {
            import(bytes);
            return true;
        }
        catch (NonsmoothException)
        {
            return false;
        }
    }

    private static double[] Run(OnnxProgram imported, double[] x) => ((Tensor<double>)Interpreter.Run<Float64>(imported.Program, [x, .. imported.Weights.Select(w => w.Elements)])[0]).Elements;
}
