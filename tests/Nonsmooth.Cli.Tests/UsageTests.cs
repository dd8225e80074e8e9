namespace Nonsmooth.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("cots lenet5", "no verb 'cots'; did you mean cost?")]
    [InlineData("cost", "give a network")]
    [InlineData("cost lenet5 extra", "one argument too many: 'extra'")]
    [InlineData("cost lenet6", "did you mean lenet5?")]
    [InlineData("cost mlp:4-x", "network 'mlp:4-x' is malformed")]
    [InlineData("cost lenet5 --bach 3", "no option '--bach'; did you mean --batch?")]
    [InlineData("cost lenet5 --batch -3", "--batch is '-3': give a whole number of at least 1")]
    [InlineData("cost lenet5 --batch 0", "--batch is '0'")]
    [InlineData("cost lenet5 --nonlinear NaN", "--nonlinear is 'NaN': give a finite number of at least 1")]
    [InlineData("cost lenet5 --input 3x32", "--input is '3x32': give channels, rows and columns as in 3x32x32")]
    [InlineData("cost lenet5 --classes 0", "--classes is '0': give a whole number of at least 1")]
    [InlineData("cost lenet5 --tokens 8", "takes images, not 8 tokens")]
    [InlineData("cost gpt2 --tokens 4096", "has 1024 positions, 4096 tokens are asked for: give at most 1024")]
    [InlineData("cost gpt2 --input 3x32x32", "takes tokens, not images")]
    [InlineData("cost lenet5 --depth 0", "--depth is '0': give a whole number of at least 1")]
    [InlineData("cost lenet5 --fits lots", "--fits is 'lots': give bytes with or without a unit, as in 16GiB, 512MiB or 8GB")]
    [InlineData("cost lenet5 --checkpoint none", "--checkpoint is 'none'")]
    [InlineData("cost lenet5 --fits -3GiB", "--fits is '-3GiB'")]
    [InlineData("cost lenet5 --fits 3Gi", "--fits is '3Gi'")]
    [InlineData("cost lenet5 --fits 0", "--fits is '0'")]
    [InlineData("cost lenet5 --jacobian logit", "--jacobian is 'logit': give one of none, loss, logits; did you mean logits?")]
    [InlineData("cost lenet5 --jacobian loss --tangents 0", "--tangents is '0': give a whole number of at least 1")]
    [InlineData("cost lenet5 --wrt input", "--wrt is about a Jacobian, and none is asked for: give --jacobian loss")]
    [InlineData("cost lenet5 --cotangents 2", "--cotangents is about a Jacobian")]
    [InlineData("cost gpt-mini --jacobian loss --wrt input", "takes 256 tokens, which nothing can be differentiated in: give --wrt parameters")]
    [InlineData("cost lenet5 --csv --markdown", "more than one form is asked for: give one of --json, --csv, --markdown")]
    [InlineData("train lenet5 --data stroks", "did you mean strokes?")]
    [InlineData("train lenet5 --optimizer inaprop", "did you mean innaprop?")]
    [InlineData("train lenet5 --set alpa=1", "did you mean alpha?")]
    [InlineData("train lenet5 --set alpha", "give key=value")]
    [InlineData("train lenet5 --set alpha=x", "alpha is 'x': give a finite number")]
    [InlineData("train lenet5 --set alpha=-1", "optimizer 'innaprop': alpha is '-1': give a finite number of at least 0")]
    [InlineData("train lenet5 --rate NaN", "--rate is 'NaN'")]
    [InlineData("train lenet5 --rate -1", "--rate is '-1'")]
    [InlineData("train lenet5 --rate 30", "alpha times rate is 3")]
    [InlineData("train lenet5 --precision f8", "--precision is 'f8': give one of f32, f16, bf16, f64")]
    [InlineData("train lenet5 --checkpoint little", "--checkpoint is 'little': give bytes with or without a unit")]
    [InlineData("train lenet5 --schedule cosin", "did you mean cosine?")]
    [InlineData("train lenet5 --schedule step:0.1:1.5", "--schedule is 'step:0.1:1.5': number of steps is 1.5: give a whole number")]
    [InlineData("train lenet5 --schedule cosine:0.1:50 --rate 0.1", "--rate would change nothing")]
    [InlineData("train lenet5 --schedule cosine:0.1:50 --set rate=0.1", "schedule 'cosine:0.1:50' has rates of its own")]
    [InlineData("train lenet5 --image-size 99", "image-size is 99, and 'strokes' is no folder of images")]
    [InlineData("compare strokes-lenet --train-count 100 --set schedule=cosine:0.1:50", "no trial would change")]
    [InlineData("train lenet5 --accumulate 0", "--accumulate is '0': give a whole number of at least 1")]
    [InlineData("train lenet5 --clip 0", "--clip is '0': give a finite number above 0")]
    [InlineData("train lenet5 --loss-scale big", "--loss-scale is 'big': give none, a number above 0, dynamic or dynamic:STEPS")]
    [InlineData("train lenet5 --early-stop loss", "--early-stop is 'loss': give a whole number of epochs, at least 1, or loss:N")]
    [InlineData("train lenet5 --resume", "give --out DIR")]
    [InlineData("train lenet5 --seed -1", "--seed is '-1'")]
    [InlineData("train mlp:4-10 --data strokes", "start the sizes with 784")]
    [InlineData("train lenet9 --data mnist", "no recipe or network 'lenet9': did you mean lenet5?")]
    [InlineData("compare", "give a recipe")]
    [InlineData("compare strokes-lnet", "did you mean strokes-lenet?")]
    [InlineData("compare strokes-lenet --optimizers adamw,inaprop", "no optimizer 'inaprop': did you mean innaprop?")]
    [InlineData("compare strokes-lenet --optimizers inaprop", "did you mean innaprop?")]
    [InlineData("compare strokes-lenet --optimizers adamw:beta1", "give key=value, joined by +")]
    [InlineData("compare strokes-lenet --optimizers innaprop:alpha=0", "give settings with a finite one above 0")]
    [InlineData("compare strokes-lenet --train-count 100 --optimizers adamw,adamw", "optimizer 'adamw' is named twice")]
    [InlineData("compare strokes-lenet --set rate=1", "--set is 'rate=1'")]
    [InlineData("compare strokes-lenet --set alpha=1", "settings of an optimizer go to --optimizers")]
    [InlineData("compare strokes-lenet --seeds 0", "--seeds is '0'")]
    [InlineData("compare strokes-lenet --factor 1", "--factor is '1': give a finite number above 1")]
    [InlineData("compare strokes-lenet --train-count 100 --held-out 1", "--held-out is '1': give a number above 0 and below 1")]
    [InlineData("compare strokes-lenet --train-count 1000 --budget 10", "budget is 10 steps: 5 trials of one epoch take 70")]
    [InlineData("compare strokes-lenet --report no/such/folder/page.html", "there is no folder")]
    public void BadUsageIsOneLineAndExitsWithTwo(string arguments, string complaint)
    {
        var run = ToolRun.Of(arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith("nonsmooth: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void MissingFilesAreFailedWork()
    {
        var run = ToolRun.Of("train", "lenet5", "--data", "mnist");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith("nonsmooth: MNIST's file", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void WithoutAVerbHelpIsShown()
    {
        var run = ToolRun.Of();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(ToolRun.Of("--help").Out, run.Out);
    }

    [Fact]
    public void VersionIsANumber()
    {
        var run = ToolRun.Of("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.True(Version.TryParse(run.Out.Trim().Split('-')[0], out _), run.Out);
    }
}
