namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Calls in which a narrow format is off by more than twice what PyTorch 2.13 is: several functions, each stored, where PyTorch has one kernel.</summary>
internal static class RecordedErrors
{
    /// <summary>Gradients within a few percent of twice PyTorch's: the order in which a processor's kernels add up decides on which side.</summary>
    public static IReadOnlyList<string> OnSomeProcessors { get; } =
    [
        "fft.hfftn#3 f32 args.0", "fft.hfftn#5 f32 args.0", "gru_cell!2 f32 args.3", "nn.functional.conv3d#0 f32 args.1",
    ];

    /// <summary>Call, format and what is off, where a value is that of several functions, each of which is stored in the format.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "_native_batch_norm_legit#1 bf16 value 0", "_native_batch_norm_legit#4 bf16 value 0", "_native_batch_norm_legit#4 f16 value 0",
        "_softmax_backward_data#1 bf16 value 0", "_softmax_backward_data#1 f16 value 0", "_softmax_backward_data#1 f32 value 0",
        "_softmax_backward_data#2 bf16 value 0", "_softmax_backward_data#2 f16 value 0", "addcmul#10 bf16 value 0", "addcmul#2 bf16 value 0",
        "addcmul#5 bf16 value 0", "addcmul#5 f16 value 0", "addmm#2 bf16 value 0", "addmm#2 f32 value 0", "addmm#3 bf16 value 0",
        "addmm#3 f32 value 0", "addmm:decomposed#0 bf16 value 0", "addmm:decomposed#0 f16 value 0", "baddbmm#0 bf16 value 0", "baddbmm#5 f16 value 0",
        "lerp#7 bf16 value 0", "linalg.multi_dot#6 bf16 value 0", "log10#0 bf16 value 0", "native_batch_norm#1 bf16 value 0",
        "native_batch_norm#4 bf16 value 0", "native_batch_norm#4 f16 value 0", "nn.functional.batch_norm#9 f16 value 0",
        "nn.functional.conv_transpose3d#1 bf16 value 0", "nn.functional.cross_entropy!1 f16 value 0", "nn.functional.cross_entropy#11 bf16 value 0",
        "nn.functional.cross_entropy#3 bf16 value 0", "nn.functional.embedding_bag#6 f16 value 0", "nn.functional.glu#11 f16 value 0",
        "nn.functional.huber_loss#0 f16 value 0", "nn.functional.instance_norm#1 f16 value 0",
        "nn.functional.multilabel_soft_margin_loss#3 bf16 value 0", "nn.functional.multilabel_soft_margin_loss#3 f16 value 0",
        "nn.functional.rms_norm#0 f16 value 0", "nn.functional.rms_norm#1 f16 value 0", "nn.functional.rms_norm#5 f16 value 0",
        "nn.functional.scaled_dot_product_attention!1 f16 value 0", "nn.functional.scaled_dot_product_attention!3 bf16 value 0",
        "nn.functional.scaled_dot_product_attention#0 bf16 value 0", "nn.functional.scaled_dot_product_attention#0 f16 value 0",
        "nn.functional.scaled_dot_product_attention#0 f32 value 0", "nn.functional.scaled_dot_product_attention#4 f16 value 0", "std#4 bf16 value 0",
        "std#8 bf16 value 0", "std:unbiased#1 bf16 value 0", "std_mean#4 bf16 value 0", "std_mean#8 bf16 value 0", "std_mean#8 f32 value 1",
        "std_mean:unbiased#1 bf16 value 0", "var#13 f16 value 0", "var#4 f16 value 0", "var#5 bf16 value 0", "var:unbiased#0 f32 value 0",
        "var:unbiased#1 f16 value 0", "var_mean#13 f16 value 0", "var_mean#4 f16 value 0", "var_mean#5 bf16 value 0", "var_mean#8 f32 value 1",
        "var_mean:unbiased#0 f32 value 0", "var_mean:unbiased#1 f16 value 0",
    ];

    /// <summary>Where a gradient is.</summary>
    public static IReadOnlyList<string> Gradients { get; } =
    [
        "_native_batch_norm_legit#4 bf16 args.0", "_native_batch_norm_legit#4 bf16 args.1", "_native_batch_norm_legit#4 f32 args.1",
        "_softmax_backward_data#1 bf16 args.0", "_softmax_backward_data#1 f16 args.0", "_softmax_backward_data#2 bf16 args.0",
        "_softmax_backward_data#2 f16 args.0", "addmm#0 bf16 args.1", "addmm#0 bf16 args.2", "addr#3 bf16 args.2", "addr#3 f16 args.2",
        "atan2#0 bf16 args.1", "atan2#1 f16 args.0", "cumprod#2 f16 args.0", "dist#35 f16 args.0", "dist#35 f16 args.1",
        "div:no_rounding_mode#0 f16 args.1", "div:no_rounding_mode#3 f16 args.0", "div:no_rounding_mode#3 f16 args.1", "einsum!3 bf16 args.3",
        "einsum!3 f32 args.3", "lerp#7 f32 args.0", "lerp#9 f16 args.0",
        "linalg.multi_dot#6 f16 args.0.3", "linalg.vector_norm#126 f16 args.0", "logit#2 f16 args.0", "native_batch_norm#4 bf16 args.0",
        "native_batch_norm#4 f32 args.2", "nn.functional.adaptive_avg_pool3d#4 f32 args.0", "nn.functional.batch_norm#9 bf16 args.3",
        "nn.functional.batch_norm#9 f16 args.0", "nn.functional.conv_transpose1d!1 f32 args.2", "nn.functional.cosine_embedding_loss#1 f16 args.0",
        "nn.functional.cosine_embedding_loss#1 f16 args.1", "nn.functional.cosine_similarity#0 bf16 args.1",
        "nn.functional.cosine_similarity#2 bf16 args.0", "nn.functional.cosine_similarity#2 bf16 args.1", "nn.functional.cross_entropy#14 f16 args.0",
        "nn.functional.gaussian_nll_loss#160 f16 args.2", "nn.functional.gaussian_nll_loss#304 f16 args.0", "nn.functional.hardswish#1 f16 args.0",
        "nn.functional.instance_norm#4 f16 kwargs.weight", "nn.functional.instance_norm#8 f32 args.0", "nn.functional.lp_pool1d!2 bf16 args.0",
        "nn.functional.mse_loss#1 f16 args.0", "nn.functional.mse_loss#1 f16 args.1", "nn.functional.pairwise_distance#4 f16 args.0",
        "nn.functional.pairwise_distance#4 f16 args.1", "nn.functional.rms_norm#0 bf16 args.0", "nn.functional.rms_norm#0 f16 args.0",
        "nn.functional.rms_norm#0 f32 args.2", "nn.functional.rms_norm#1 bf16 args.0", "nn.functional.rms_norm#1 f16 args.0",
        "nn.functional.rms_norm#1 f16 args.2", "nn.functional.rms_norm#5 bf16 args.0", "nn.functional.rms_norm#5 f16 args.0",
        "nn.functional.rms_norm#5 f32 args.0", "nn.functional.scaled_dot_product_attention!1 bf16 args.0",
        "nn.functional.scaled_dot_product_attention!1 bf16 args.1", "nn.functional.scaled_dot_product_attention!2 bf16 args.0",
        "nn.functional.scaled_dot_product_attention!2 bf16 args.1", "nn.functional.scaled_dot_product_attention!2 f16 args.0",
        "nn.functional.scaled_dot_product_attention!2 f16 args.1", "nn.functional.scaled_dot_product_attention!3 bf16 args.1",
        "nn.functional.scaled_dot_product_attention!3 bf16 args.3", "nn.functional.scaled_dot_product_attention!3 f16 args.1",
        "nn.functional.scaled_dot_product_attention!3 f16 args.2", "nn.functional.scaled_dot_product_attention#0 bf16 args.0",
        "nn.functional.scaled_dot_product_attention#0 bf16 args.1", "nn.functional.scaled_dot_product_attention#0 f16 args.0",
        "nn.functional.scaled_dot_product_attention#0 f16 args.1", "nn.functional.scaled_dot_product_attention#0 f32 args.0",
        "nn.functional.scaled_dot_product_attention#0 f32 args.1", "nn.functional.scaled_dot_product_attention#0 f32 args.2",
        "nn.functional.scaled_dot_product_attention#4 bf16 args.0", "nn.functional.scaled_dot_product_attention#4 bf16 args.1",
        "nn.functional.scaled_dot_product_attention#4 f16 args.0", "nn.functional.scaled_dot_product_attention#4 f16 args.1",
        "nn.functional.scaled_dot_product_attention#4 f16 args.2", "nn.functional.selu#0 bf16 args.0", "nn.functional.smooth_l1_loss#6 f16 args.0",
        "nn.functional.smooth_l1_loss#6 f16 args.1", "nn.functional.softplus#2 f16 args.0", "nn.functional.triplet_margin_loss#4 f32 args.1",
        "norm#23 f32 args.0", "rnn_tanh_cell!2 bf16 args.2", "true_divide#0 f16 args.1", "true_divide#1 f16 args.1", "true_divide#3 f16 args.1",
        "var#4 f16 args.0", "var:unbiased#0 bf16 args.0", "var_mean#4 bf16 args.0", "var_mean:unbiased#0 f16 args.0",
        "var_mean:unbiased#1 bf16 args.0", "xlogy#3 f32 args.1",
    ];
}
