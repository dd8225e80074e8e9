namespace Nonsmooth.Training.Tests.Zoo;

/// <summary>Why a count of an export is another than PyTorch's: data of docs/zoo.md.</summary>
internal static class ZooNotes
{
    /// <summary>What a letter stands for.</summary>
    public static IReadOnlyDictionary<char, string> Texts { get; } = new SortedDictionary<char, string>
    {
        ['a'] = "FLOPs. The file holds an array that is a constant in PyTorch (the initial state of a recurrent layer, the frequencies of a time embedding) as an initializer, which is taken for a weight: one product a use gives its gradient. The difference is twice the elements of the matrices that stand behind it.",
        ['b'] = "Kept. Running statistics of batch norms: PyTorch keeps them with its backward; here they are inputs of the program, and there anyway.",
        ['c'] = "Kept. Batch norm was folded into the convolution before it: what it kept is not in the file.",
        ['d'] = "Kept. Written out in the file: masked scores, their softmax, and the softmax with empty rows set to 0 are separate values; PyTorch's attention keeps one of them.",
        ['e'] = "Kept. Activations written out over products, exponentials or powers keep each factor; PyTorch's own function keeps its argument.",
        ['f'] = "Kept. Whole memory of views: PyTorch keeps all of q, k, v where one of them is needed, or the other way round a copy (contiguous, repeated heads, cat, roll) that is a new memory here.",
        ['g'] = "Kept. Three-dimensional convolutions are sums of two-dimensional ones over the frames, and each keeps its frames.",
        ['h'] = "Kept. Dropout keeps a mask of a byte an element; PyTorch keeps the mask as real numbers, and what it is multiplied with.",
        ['i'] = "Kept. Maxima over an axis keep their argument, and windows' places two words each; PyTorch keeps the places.",
        ['j'] = "Kept. Recurrent layers are unrolled over their steps: each gate and each product keeps its own.",
        ['k'] = "Kept. Group norm is written as layer norm of groups and a product with the weight, which keeps the normalised values.",
        ['l'] = "Kept. A leaky ReLU keeps its argument; PyTorch's, which overwrites it, keeps its result, which the next layer keeps anyway.",
        ['p'] = "Kept. Average pooling keeps nothing here; PyTorch's keeps its argument.",
    };

    /// <summary>FLOPs of value and gradient, ours less theirs, where they are not equal.</summary>
    public static IReadOnlyDictionary<string, long> Both { get; } = new Dictionary<string, long>
    {
        // Two layers of 650 units and four gates: 2·2·650·2600.
        ["lstm_lm.onnx"] = 6_760_000,

        // 96 frequencies into 384 units: 2·96·384.
        ["diffusion_unet.onnx"] = 73_728,
        ["diffusion_unet.o23.onnx"] = 73_728,
    };

    /// <summary>Letters of files.</summary>
    public static IReadOnlyDictionary<string, string> Of { get; } = new Dictionary<string, string>
    {
        ["resnet18.onnx"] = "c", ["resnet50.onnx"] = "c", ["resnet50.legacy.onnx"] = "c", ["mobilenetv2_100.onnx"] = "c", ["mobilenetv3_small_100.onnx"] = "c",
        ["mobilenetv3_small_100.legacy.onnx"] = "c", ["mobilenetv3_small_100.core.pt2"] = "e", ["efficientnet_b0.onnx"] = "c", ["densenet121.pt2"] = "bp", ["densenet121.train.pt2"] = "bp",
        ["densenet121.onnx"] = "cp", ["vgg16_bn.onnx"] = "c", ["unet.onnx"] = "c", ["unet.legacy.onnx"] = "c", ["yolov3_tiny.pt2"] = "l", ["yolov3_tiny.train.pt2"] = "l", ["yolov3_tiny.onnx"] = "cl",
        ["swin_tiny.pt2"] = "f", ["swin_tiny.train.pt2"] = "fh", ["swin_tiny.core.pt2"] = "f", ["swin_tiny.onnx"] = "f", ["vit_base_patch16_224.pt2"] = "f", ["vit_base_patch16_224.train.pt2"] = "f",
        ["vit_base_patch16_224.core.pt2"] = "d", ["vit_base_patch16_224.onnx"] = "f", ["vit_base_patch16_224.o23.onnx"] = "f", ["vit_base_patch16_224.legacy.onnx"] = "f",
        ["segformer_b0.train.pt2"] = "h", ["segformer_b0.core.pt2"] = "d", ["segformer_b0.onnx"] = "f", ["gpt2.pt2"] = "d", ["gpt2.train.pt2"] = "h", ["gpt2.core.pt2"] = "d", ["gpt2.onnx"] = "d",
        ["gpt2.o23.onnx"] = "f", ["tinyllama_1b1.pt2"] = "df", ["tinyllama_1b1.onnx"] = "def", ["tinyllama_1b1.o23.onnx"] = "f", ["bert_base.pt2"] = "d", ["bert_base.core.pt2"] = "d", ["bert_base.onnx"] = "d",
        ["bert_base.legacy.onnx"] = "d", ["distilbert.pt2"] = "d", ["distilbert.onnx"] = "d", ["t5_small.pt2"] = "d", ["clip_vit_b32.pt2"] = "de", ["clip_vit_b32.onnx"] = "de",
        ["mamba_130m.pt2"] = "f", ["mamba_130m.onnx"] = "e", ["lstm_lm.pt2"] = "j", ["lstm_lm.train.pt2"] = "hj", ["lstm_lm.core.pt2"] = "j", ["lstm_lm.onnx"] = "aj", ["lstm_lm.legacy.onnx"] = "j",
        ["tabular_mlp.pt2"] = "b", ["tabular_mlp.train.pt2"] = "bh", ["tabular_mlp.onnx"] = "b", ["diffusion_unet.pt2"] = "k", ["diffusion_unet.train.pt2"] = "hk", ["diffusion_unet.core.pt2"] = "dk",
        ["diffusion_unet.onnx"] = "aek", ["diffusion_unet.o23.onnx"] = "ak", ["dgcnn.pt2"] = "i", ["dgcnn.train.pt2"] = "i", ["dgcnn.onnx"] = "ci", ["r3d_18.pt2"] = "g", ["r3d_18.train.pt2"] = "g",
        ["r3d_18.onnx"] = "cg",
    };
}
