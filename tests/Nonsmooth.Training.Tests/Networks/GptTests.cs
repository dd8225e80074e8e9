using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class GptTests
{
    [Fact]
    public void TakesTokensAndPredictsOneAtEachPosition()
    {
        var network = Models.Find("gpt-mini", classes: 50, tokens: 8);
        var program = network.Build(3);
        Assert.Equal("8 tokens", network.Examples.ToString());
        Assert.Equal(TensorType.Index(new Shape(3, 8)), program.Loss.InputType("x"));
        Assert.Equal(TensorType.Index(new Shape(3, 8)), program.Loss.InputType("target"));
        Assert.Equal(TensorType.Real(new Shape(3, 8, 50)), program.Logits.Types[program.Logits.Outputs[0].Value]);
    }

    [Fact]
    public void FewerTokensLeaveTheParametersAlone() => Assert.Equal(
        Models.Find("gpt2").Build(1).Parameters.Select(p => (p.Name, p.Shape)),
        Models.Find("gpt2", tokens: 16).Build(1).Parameters.Select(p => (p.Name, p.Shape)));

    [Fact]
    public void OneNamedByItsSizesHasThePositionsAskedFor()
    {
        var program = Models.Find("gpt:2-24-3", classes: 11, tokens: 300).Build(1);
        Assert.Equal(
            ["wte.weight 11×24", "wpe.weight 300×24"], program.Parameters.Take(2).Select(p => $"{p.Name} {p.Shape}"));
        Assert.Equal((2 * 12) + 4, program.Parameters.Count);
    }

    [Theory]
    [InlineData("gpt", "is malformed: write gpt:LAYERS-WIDTH-HEADS, each at least 1, as in gpt:6-384-6")]
    [InlineData("gpt:6-384", "is malformed")]
    [InlineData("gpt:0-384-6", "is malformed")]
    [InlineData("gpt:6-384-6-1", "is malformed")]
    [InlineData("gpt:6-385-6", "cannot share a width of 385 among 6 heads: give a width that is a multiple of 6")]
    public void AMalformedNameIsRefused(string name, string complaint) => Assert.Contains(
        $"network '{name}' {complaint}", Assert.Throws<NonsmoothException>(() => Models.Find(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void ParametersAreNamedAsPublished() => Assert.Equal(
        [
            "wte.weight 65×384", "wpe.weight 256×384", "h.0.ln_1.weight 384", "h.0.ln_1.bias 384", "h.0.attn.c_attn.weight 1152×384",
            "h.0.attn.c_attn.bias 1152", "h.0.attn.c_proj.weight 384×384", "h.0.attn.c_proj.bias 384", "h.0.ln_2.weight 384",
            "h.0.ln_2.bias 384", "h.0.mlp.c_fc.weight 1536×384", "h.0.mlp.c_fc.bias 1536", "h.0.mlp.c_proj.weight 384×1536",
            "h.0.mlp.c_proj.bias 384", "h.1.ln_1.weight 384",
        ],
        Models.Find("gpt-mini").Build(1).Parameters.Take(15).Select(p => $"{p.Name} {p.Shape}"));

    [Fact]
    public void StartsNearlyIndifferentAndLooksBackOnly()
    {
        const int tokens = 12;
        var program = Models.Find("gpt-mini", tokens: tokens).Build(2);
        using var parameters = new ParameterSet(program.Parameters, 1);
        using var compiled = new LibTorchExecutor().Compile(program.Loss);
        long[] text = [.. Enumerable.Range(0, 2 * tokens).Select(i => (long)(i * 37 % 65))];
        var before = Run(text);
        Assert.InRange(before.Loss, Math.Log(65) - 0.3, Math.Log(65) + 0.3);

        // The seventh token of the first sequence.
        text[6] = (text[6] + 1) % 65;
        var after = Run(text);
        int changed = 6 * 65;
        Assert.Equal(before.Logits[..changed], after.Logits[..changed]);
        Assert.NotEqual(before.Logits[changed..(changed + 65)], after.Logits[changed..(changed + 65)]);
        Assert.NotEqual(before.Logits[(changed + 65)..(tokens * 65)], after.Logits[(changed + 65)..(tokens * 65)]);

        (double Loss, float[] Logits) Run(long[] x)
        {
            using var inputs = TorchTensor.FromSpan<long>(x, [2, tokens]);
            using var targets = TorchTensor.FromSpan<long>(new long[2 * tokens], [2, tokens]);
            var outputs = compiled.Call([inputs, targets, .. parameters.Tensors]);
            var result = (outputs[0].Item(), outputs[1].ToArray<float>());
            foreach (var output in outputs)
            {
                output.Dispose();
            }

            return result;
        }
    }
}
